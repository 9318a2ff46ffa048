/* L.CRS.RD: Leaflet in Rijksdriehoek (EPSG:28992), on PDOK's tile grid.
 *
 * A classic script, because folium's script needs it before any module runs. Folium speaks
 * lat/lon, so the projection is a true one (proj4). Geometry from the server is already in
 * RD: its latlngs carry their RD point along and are never projected back and forth.
 */
(function () {
  "use strict";

  const RD =
    "+proj=sterea +lat_0=52.15616055555555 +lon_0=5.38763888888889 +k=0.9999079 " +
    "+x_0=155000 +y_0=463000 +ellps=bessel +units=m +no_defs " +
    "+towgs84=565.417,50.3319,465.552,-0.398957,0.343988,-1.8774,4.0725";
  const OORSPRONG = { x: -285401.92, y: 903401.92 };
  const METER_PER_PIXEL_BIJ_NUL = 3440.64;
  const omzetter = proj4("WGS84", RD);

  function fromRd(x, y) {
    const [lon, lat] = omzetter.inverse([x, y]);
    const plek = L.latLng(lat, lon);
    plek.rd = L.point(x, y);
    return plek;
  }

  const projectie = {
    bounds: L.bounds([OORSPRONG.x, 22598.08], [595401.92, OORSPRONG.y]),
    project(plek) {
      // A copy: Leaflet scales the point that it gets in place.
      if (plek.rd) return plek.rd.clone();
      const [x, y] = omzetter.forward([plek.lng, plek.lat]);
      return L.point(x, y);
    },
    unproject(punt) {
      return fromRd(punt.x, punt.y);
    },
  };

  L.CRS.RD = L.extend({}, L.CRS, {
    code: "EPSG:28992",
    projection: projectie,
    transformation: new L.Transformation(1, -OORSPRONG.x, -1, OORSPRONG.y),
    fromRd,
    scale(zoom) {
      return 2 ** zoom / METER_PER_PIXEL_BIJ_NUL;
    },
    zoom(schaal) {
      return Math.log2(schaal * METER_PER_PIXEL_BIJ_NUL);
    },
    distance(een, ander) {
      return projectie.project(een).distanceTo(projectie.project(ander));
    },
  });

  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
    L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, inertia: false });
  }
})();
