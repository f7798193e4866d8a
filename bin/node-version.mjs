// Says so where Node is too old to read the sources. Plain JavaScript, or it could not say it.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Toban needs Node 22.18 or newer; this is ${process.version}. Run "npm start" or "npm run doctor", which bring their own, or install a newer one.\n`,
  );
  process.exit(1);
}
