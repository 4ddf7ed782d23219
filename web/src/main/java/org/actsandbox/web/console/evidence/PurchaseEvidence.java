package org.actsandbox.web.console.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.purchase.PurchaseTitle;
import org.actsandbox.web.console.purchase.PurchaseTitles;
import org.actsandbox.web.console.words.PageText;

/**
 * Groups the records of a list by what they are about.
 *
 * @param orderNo the order; empty for records without one
 * @param title what was bought; the order's number where no merchant of the world knows it
 * @param lines the records, in the order in which they happened
 */
public record PurchaseEvidence(String orderNo, String title, List<RecordLine> lines) {

  /**
   * Returns the groups in the order of their newest records; the last one has the records that no
   * order is named in.
   */
  static List<PurchaseEvidence> of(
      List<RecordLine> lines, World world, PurchaseTitles titles, PageText words) {
    var groups = new LinkedHashMap<String, List<RecordLine>>();
    for (var line : lines) {
      groups
          .computeIfAbsent(Objects.requireNonNullElse(line.orderNo(), ""), _ -> new ArrayList<>())
          .addFirst(line);
    }
    return groups.entrySet().stream()
        .map(
            group ->
                new PurchaseEvidence(
                    group.getKey(),
                    title(group.getKey(), group.getValue(), world, titles, words),
                    List.copyOf(group.getValue())))
        .sorted(Comparator.comparing(each -> each.orderNo().isEmpty()))
        .toList();
  }

  /** The order is at one of the participants that recorded something about it: its merchant. */
  static String title(
      String orderNo, List<RecordLine> lines, World world, PurchaseTitles titles, PageText words) {
    return lines.stream()
        .map(RecordLine::holder)
        .distinct()
        .flatMap(holder -> titles.find(world, holder, orderNo, words).stream())
        .map(PurchaseTitle::line)
        .findFirst()
        .orElse(orderNo);
  }

  /** Tells whether the chain has all records of the group. */
  public boolean anchored() {
    return lines.stream().allMatch(line -> line.height() != null);
  }
}
