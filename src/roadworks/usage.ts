/** The usage lines of the command `roads`. */
export const roadsUsage = [
  "roads build --osm FILE.osm.pbf --region DIR --out TABLE [--profile blue-light|normal]",
  "roads update TABLE --region DIR          computes only hospitals that are new or have moved",
  "roads map TABLE --region DIR --out FILE.svg [--capability C]   minutes to the nearest hospital, as a picture",
].join("\n  ");
