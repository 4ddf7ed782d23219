package org.actsandbox.web.console.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Is one change of the rows that a page shows, so that only what changed is sent.
 *
 * @param kind added, inserted, replaced or removed
 * @param id id of the row that changes, or before which the new row is inserted; empty for a row
 *     that is added at the end
 * @param row the new row; that of before for a removed one
 */
public record SequenceChange(String kind, String id, SequenceRow row) {

  /**
   * Finds the changes from one list of rows to the next, in an order in which a page can apply
   * them. Rows that stay keep their order.
   */
  public static List<SequenceChange> between(List<SequenceRow> before, List<SequenceRow> after) {
    var known = new HashMap<String, SequenceRow>();
    before.forEach(row -> known.put(row.id(), row));
    int end = after.size();
    while (end > 0 && !known.containsKey(after.get(end - 1).id())) {
      end--;
    }
    var changes = new ArrayList<SequenceChange>();
    // From the last row to the first, so that the row before which another is inserted is there.
    for (int i = end - 1; i >= 0; i--) {
      var row = after.get(i);
      var old = known.remove(row.id());
      if (old == null) {
        changes.add(new SequenceChange("inserted", after.get(i + 1).id(), row));
      } else if (!old.equals(row)) {
        changes.add(new SequenceChange("replaced", row.id(), row));
      }
    }
    known.values().forEach(row -> changes.add(new SequenceChange("removed", row.id(), row)));
    after
        .subList(end, after.size())
        .forEach(row -> changes.add(new SequenceChange("added", "", row)));
    return List.copyOf(changes);
  }
}
