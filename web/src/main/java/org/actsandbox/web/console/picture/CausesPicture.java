package org.actsandbox.web.console.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.sandbox.trust.record.RecordStore;
import org.jspecify.annotations.Nullable;

/** What follows from what: each record under its causes, the first cause on top. */
public record CausesPicture(int width, int height, List<Box> boxes, List<Edge> edges) {

  private static final int WIDTH = 340;
  private static final int ROW = 72;
  private static final int BOX_HEIGHT = 46;

  /** Above the first row, for the signs at the corners. */
  private static final int TOP = 10;

  private static final int MARGIN = 26;
  private static final int GAP = 10;

  /**
   * @param event its last part; empty for a record that nobody shows
   * @param holder DID; empty likewise
   * @param state ok, bad, warn (nothing is known against it), missing; empty while nobody asked
   */
  public record Box(
      int x, int y, int width, String id, String event, String holder, String actor, String state) {

    public int rows() {
      return BOX_HEIGHT;
    }
  }

  /**
   * @param path of an SVG
   * @param broken leads to a record that does not hold
   */
  public record Edge(String path, boolean broken) {}

  /**
   * @param verified results, empty while nobody asked
   * @param missing named as a cause, and not there
   */
  public static CausesPicture of(
      List<RecordStore.StoredRecord> records, List<Verification> verified, List<String> missing) {
    return new Drawing(records, verified, missing).picture();
  }

  private record Item(String holder, OffChainRecord record) {}

  private static final class Drawing {

    private final Map<String, Item> records = new TreeMap<>();
    private final Map<String, Verification> results = new HashMap<>();
    private final List<String> missing;
    private final Map<String, Integer> depths = new HashMap<>();
    private final Map<String, Box> boxes = new LinkedHashMap<>();

    Drawing(
        List<RecordStore.StoredRecord> records, List<Verification> verified, List<String> missing) {
      records.forEach(
          each -> this.records.put(each.recordId(), new Item(each.holder(), each.record())));
      verified.forEach(each -> results.put(each.recordId(), each));
      this.missing = missing;
    }

    CausesPicture picture() {
      var rows = new TreeMap<Integer, List<String>>();
      records.keySet().forEach(id -> row(rows, depth(id, 0)).add(id));
      missing.stream().filter(id -> !records.containsKey(id)).forEach(id -> row(rows, 0).add(id));
      int y = TOP;
      for (var ids : rows.values()) {
        int width = (WIDTH - 2 * MARGIN - GAP * (ids.size() - 1)) / ids.size();
        for (int i = 0; i < ids.size(); i++) {
          boxes.put(ids.get(i), box(ids.get(i), MARGIN + i * (width + GAP), y, width));
        }
        y += ROW;
      }
      return new CausesPicture(
          WIDTH, Math.max(0, y - ROW + BOX_HEIGHT + TOP), List.copyOf(boxes.values()), edges());
    }

    private static List<String> row(Map<Integer, List<String>> rows, int depth) {
      return rows.computeIfAbsent(depth, _ -> new ArrayList<>());
    }

    /** Below its deepest cause; a made-up circle ends where it began. */
    private int depth(String id, int seen) {
      var known = depths.get(id);
      if (known != null) {
        return known;
      }
      var record = records.get(id);
      if (record == null || seen > records.size()) {
        return 0;
      }
      int depth =
          record.record().upstreamRecords().stream()
              .mapToInt(cause -> depth(cause, seen + 1) + 1)
              .max()
              .orElse(0);
      depths.put(id, depth);
      return depth;
    }

    private Box box(String id, int x, int y, int width) {
      var record = records.get(id);
      var holder = record == null ? "" : record.holder();
      return new Box(
          x,
          y,
          width,
          id,
          record == null ? "" : record.record().eventType().shortName(),
          holder,
          record == null ? "" : DiagramLanes.actor(holder),
          record == null ? "missing" : state(results.get(id)));
    }

    private static String state(@Nullable Verification result) {
      if (result == null) {
        return "";
      }
      return result.isVerified() ? "ok" : result.result().isInconclusive() ? "warn" : "bad";
    }

    private List<Edge> edges() {
      var edges = new ArrayList<Edge>();
      for (var item : records.values()) {
        var record = item.record();
        for (var cause : record.upstreamRecords()) {
          var above = boxes.get(cause);
          var below = boxes.get(record.recordId());
          if (above != null && below != null) {
            edges.add(edge(above, below));
          }
        }
      }
      return List.copyOf(edges);
    }

    /** Straight to the next row; past other rows along the right edge. */
    private static Edge edge(Box above, Box below) {
      boolean broken = above.state().equals("bad") || above.state().equals("missing");
      int from = above.y() + BOX_HEIGHT;
      if (below.y() - above.y() <= ROW) {
        return new Edge(
            "M%d %d L%d %d"
                .formatted(
                    above.x() + above.width() / 2, from, below.x() + below.width() / 2, below.y()),
            broken);
      }
      int right = WIDTH - MARGIN;
      int start = above.y() + BOX_HEIGHT / 2;
      int end = below.y() + BOX_HEIGHT / 2;
      return new Edge(
          "M%d %d C%d %d %d %d %d %d"
              .formatted(
                  above.x() + above.width(),
                  start,
                  right + MARGIN,
                  start,
                  right + MARGIN,
                  end,
                  below.x() + below.width(),
                  end),
          broken);
    }
  }
}
