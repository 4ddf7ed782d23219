package org.actsandbox.web.console.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.sandbox.trust.record.RecordStore;
import org.jspecify.annotations.Nullable;

/**
 * Draws which record follows from which: each record below its causes, the first cause on top.
 * Units are pixels.
 */
public record CausesPicture(int width, int height, List<Box> boxes, List<Edge> edges) {

  private static final int WIDTH = 340;
  private static final int ROW = 72;
  private static final int BOX_HEIGHT = 46;

  /** Space above the first row for the signs at the corners of its boxes. */
  private static final int TOP = 10;

  private static final int MARGIN = 26;
  private static final int GAP = 10;

  /**
   * Is the box of one record.
   *
   * @param event last part of the event type; empty for a missing record
   * @param holder DID of the record's holder; empty for a missing record
   * @param state ok, bad, warn (inconclusive) or missing; empty before a verification
   */
  public record Box(
      int x, int y, int width, String id, String event, String holder, String actor, String state) {

    public int rows() {
      return BOX_HEIGHT;
    }
  }

  /**
   * Is the line from a record to one of its causes.
   *
   * @param path path of the SVG element
   * @param broken true if the cause is missing or failed its verification
   */
  public record Edge(String path, boolean broken) {}

  /**
   * Lays out the records.
   *
   * @param verified results of verifications; empty before a verification
   * @param missing ids of records that are named as a cause and cannot be found
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

    /**
     * Returns the row of a record, which is below its deepest cause. The recursion ends after as
     * many steps as there are records, because forged records can form a circle.
     */
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
          record == null ? "" : actor(record.record()),
          record == null ? "missing" : state(results.get(id)));
    }

    private static String actor(OffChainRecord record) {
      var holder = record.participants().getFirst();
      return holder.role() == Party.Role.MERCHANT
          ? "merchant"
          : DiagramLanes.actor(holder.participantId().value());
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

    /** Draws a straight line to the next row, or a curve along the right edge past other rows. */
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
