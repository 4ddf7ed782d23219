package org.actsandbox.web.console.picture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.actsandbox.protocol.money.Money;

/**
 * Shows where money came from and went to: accounts in columns, and between them bands as thick as
 * the amounts. The bands are stretched to the width of the page, and the words are not. Vertical
 * positions are pixels, horizontal ones are percent.
 */
public record FlowPicture(List<Account> accounts, List<Band> bands, int height) {

  /** Ours: the thickest column of bands, in pixels. */
  private static final double THICKEST = 64;

  private static final double THINNEST = 2;
  private static final int WORDS = 40;
  private static final int GAP = 10;

  /** The width of an account's bar, in percent of the picture's width. */
  private static final double BAR = 1.6;

  /**
   * An account or a purpose with its bar and its words above it.
   *
   * @param x left edge of its bar, in percent
   * @param anchor start, middle or end: where its words stand above the bar
   * @param wordsX position of its words, in percent
   */
  public record Account(
      String name,
      String shown,
      String actor,
      double x,
      String wordsX,
      String anchor,
      int y,
      int size) {

    public String barX() {
      return DiagramLanes.percent(x);
    }

    public String barWidth() {
      return DiagramLanes.percent(BAR);
    }
  }

  /**
   * A transfer as a band.
   *
   * @param path outline, of which x is percent and y is pixels
   */
  public record Band(String from, String to, String shown, String actor, String path) {}

  /**
   * One transfer before it is drawn.
   *
   * @param shown the amount as the reader sees it
   * @param actor colour class of the participant that receives it
   */
  public record Transfer(String from, String to, Money amount, String shown, String actor) {}

  /** One account before it is drawn: how much enters and leaves it. */
  private static final class Node {
    private final String actor;
    private long in;
    private long out;
    private double y;
    private double entered;
    private double left;

    Node(String actor) {
      this.actor = actor;
    }

    long size() {
      return Math.max(in, out);
    }
  }

  /**
   * Lays out transfers that go from one column to the next.
   *
   * @param columns transfers between the first and the second column, between the second and the
   *     third, and so on
   * @param first colour class of the accounts in the first column
   * @param amounts how the reader sees an amount
   */
  public static FlowPicture of(
      List<List<Transfer>> columns, String first, Function<Money, String> amounts) {
    var nodes = nodes(columns, first);
    long most =
        nodes.stream()
            .mapToLong(column -> column.values().stream().mapToLong(Node::size).sum())
            .max()
            .orElse(0);
    double scale = most == 0 ? 0 : THICKEST / most;
    var currency =
        columns.stream()
            .flatMap(List::stream)
            .findFirst()
            .map(transfer -> transfer.amount().currency())
            .orElse(Money.CNY);
    var accounts = new ArrayList<Account>();
    double height = 0;
    for (int i = 0; i < nodes.size(); i++) {
      // Words of neighbours stand on different lines, so that they have room on a phone.
      double y = i % 2 == 1 && nodes.size() > 2 ? WORDS : 0;
      for (var each : nodes.get(i).entrySet()) {
        var node = each.getValue();
        node.y = y + WORDS;
        double size = Math.max(THINNEST, node.size() * scale);
        accounts.add(
            account(
                each.getKey(),
                amounts.apply(new Money(node.size(), currency)),
                node,
                size,
                nodes.size() == 1 ? 0 : (double) i / (nodes.size() - 1)));
        y = node.y + size + GAP;
      }
      height = Math.max(height, y);
    }
    return new FlowPicture(
        List.copyOf(accounts), bands(columns, nodes, scale), (int) Math.ceil(height));
  }

  private static List<Map<String, Node>> nodes(List<List<Transfer>> columns, String first) {
    var nodes = new ArrayList<Map<String, Node>>();
    for (int i = 0; i <= columns.size(); i++) {
      nodes.add(new LinkedHashMap<>());
    }
    for (int i = 0; i < columns.size(); i++) {
      for (var transfer : columns.get(i)) {
        nodes.get(i).computeIfAbsent(transfer.from(), _ -> new Node(first)).out +=
            transfer.amount().minorUnits();
        nodes.get(i + 1).computeIfAbsent(transfer.to(), _ -> new Node(transfer.actor())).in +=
            transfer.amount().minorUnits();
      }
    }
    return nodes;
  }

  private static Account account(String name, String shown, Node node, double size, double place) {
    double x = place * (100 - BAR);
    var anchor = place == 0 ? "start" : place == 1 ? "end" : "middle";
    double words = place == 0 ? 0 : place == 1 ? 100 : x + BAR / 2;
    return new Account(
        name,
        shown,
        node.actor,
        x,
        DiagramLanes.percent(words),
        anchor,
        (int) Math.round(node.y),
        (int) Math.ceil(size));
  }

  private static List<Band> bands(
      List<List<Transfer>> columns, List<Map<String, Node>> nodes, double scale) {
    var bands = new ArrayList<Band>();
    for (int i = 0; i < columns.size(); i++) {
      double left = (double) i / columns.size() * (100 - BAR) + BAR;
      double right = (double) (i + 1) / columns.size() * (100 - BAR);
      for (var transfer : columns.get(i)) {
        var from = Objects.requireNonNull(nodes.get(i).get(transfer.from()));
        var to = Objects.requireNonNull(nodes.get(i + 1).get(transfer.to()));
        double size = Math.max(THINNEST, transfer.amount().minorUnits() * scale);
        bands.add(
            new Band(
                transfer.from(),
                transfer.to(),
                transfer.shown(),
                transfer.actor(),
                path(left, right, from.y + from.left, to.y + to.entered, size)));
        from.left += size;
        to.entered += size;
      }
    }
    return List.copyOf(bands);
  }

  private static String path(double left, double right, double from, double to, double size) {
    double middle = (left + right) / 2;
    return String.format(
        Locale.ROOT,
        "M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1fV%.1fC%.1f %.1f %.1f %.1f %.1f %.1fz",
        left,
        from,
        middle,
        from,
        middle,
        to,
        right,
        to,
        to + size,
        middle,
        to + size,
        middle,
        from + size,
        left,
        from + size);
  }
}
