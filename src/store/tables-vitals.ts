/** The table of what Toban found wrong with itself. */

export interface VitalTable {
  key: string;
  since: number;
  complaint: string;
}
