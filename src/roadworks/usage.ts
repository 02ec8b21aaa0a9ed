/** The usage lines of the command `roads`. */
export const roadsUsage = [
  "roads build --osm FILE.osm.pbf --region DIR [--out TABLE] [--profile blue-light|normal] [--threads N]",
  "roads update TABLE --region DIR [--osm FILE.osm.pbf]   computes only hospitals that are new or have moved, or whose entrance in FILE has",
  "roads map TABLE --region DIR --out FILE.svg [--capability C] [--language de|en]   minutes to the nearest hospital, as a picture",
  "roads best TABLE --region DIR [--cells FILE.json] [--capability C]   for each place with people: the nearest three",
  "roads fit --region DIR --drives FILE.csv   fits the estimate to a region's own drives, without a table",
  "roads close DIR --lat N --lon N --radius M --hours N --reason R --by dispatcher#N   at a running control centre",
  "roads open DIR LOG#INDEX --by dispatcher#N   lifts a closure before its end",
  "roads closed DIR                         the closures in force",
].join("\n  ");
