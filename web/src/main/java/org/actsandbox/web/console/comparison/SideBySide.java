package org.actsandbox.web.console.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.web.console.attack.Attempt;
import org.actsandbox.web.console.attack.AttemptFinder;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.picture.DiagramLane;
import org.actsandbox.web.console.picture.DiagramLanes;
import org.actsandbox.web.console.picture.MessageFilter;
import org.actsandbox.web.console.picture.SequenceRow;
import org.actsandbox.web.console.picture.SequenceRows;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;

/**
 * Shows two runs of one scenario beside each other, aligned step by step: messages that say the
 * same stand in one row, and the first that does not is marked.
 */
public final class SideBySide {

  private static final String STEP = "step";
  private static final String MESSAGE = "message";
  private static final String MONEY = "money";

  private final PageText words;
  private final RecordedRun left;
  private final RecordedRun right;
  private final DiagramLanes lanes = new DiagramLanes();
  private final List<ComparedRow> rows = new ArrayList<>();

  private static final Pattern AMOUNT = Pattern.compile("¥[0-9][0-9,.]*");

  /** Is a row of one run with what it says, so that it can be compared with one of the other. */
  private record Said(SequenceRow row, String text, List<String> amounts) {

    /** Returns what it says but for amounts: the same request for another price is no other one. */
    String key() {
      return AMOUNT.matcher(text).replaceAll("¥");
    }

    boolean saysTheSameAs(Said other) {
      return text.equals(other.text) && amounts.equals(other.amounts);
    }
  }

  public SideBySide(PageText words, RecordedRun left, RecordedRun right) {
    this.words = words;
    this.left = left;
    this.right = right;
    addLanes();
    var steps = new TreeMap<Integer, StepMark>();
    Stream.concat(left.marks().stream(), right.marks().stream())
        .filter(mark -> mark.step() > 0)
        .forEach(mark -> steps.putIfAbsent(mark.step(), mark));
    steps.values().forEach(this::addStep);
    markFirstDifference();
  }

  public List<DiagramLane> lanes() {
    return lanes.all();
  }

  public List<ComparedRow> rows() {
    return List.copyOf(rows);
  }

  public String leftWorld() {
    return left.world();
  }

  public String rightWorld() {
    return right.world();
  }

  public List<Attempt> leftAttempts() {
    return AttemptFinder.in(left.entries(), words.lang());
  }

  public List<Attempt> rightAttempts() {
    return AttemptFinder.in(right.entries(), words.lang());
  }

  /** Returns what has left the wallet at the end of the first run, in words. */
  public String leftMoney() {
    return money(left.spent());
  }

  /** Returns what has left the wallet at the end of the second run, in words. */
  public String rightMoney() {
    return money(right.spent());
  }

  /** Tells whether the second run costs the principal more than the first one. */
  public boolean rightCostsMore() {
    return right.spent() > left.spent();
  }

  private void addLanes() {
    var narrator = new EntryNarrator(words);
    Stream.concat(left.entries().stream(), right.entries().stream())
        .filter(MessageFilter::isMessage)
        .forEach(entry -> lanes.addParticipants(entry, narrator::nameInWorld));
  }

  private void addStep(StepMark mark) {
    var text = words.text(mark.explanation());
    rows.add(new ComparedRow(STEP, mark.step(), text, null, null, "", "", false, false, text));
    align(mark.step(), said(left, mark.step(), "left"), said(right, mark.step(), "right"));
    addMoney(mark.step());
  }

  private List<Said> said(RecordedRun run, int step, String side) {
    var sequence = new SequenceRows(words, lanes, SequenceRows.Folding.REPEATED);
    var bySeq = new TreeMap<Long, JournalEntry>();
    for (var entry : run.entriesOf(step)) {
      if (MessageFilter.isMessage(entry)) {
        sequence.add(entry);
        bySeq.put(entry.seq(), entry);
      }
    }
    return sequence.rows().stream()
        .map(row -> said(row.named(side + "-" + row.id()), bySeq.get(row.seq())))
        .toList();
  }

  private static Said said(SequenceRow row, @Nullable JournalEntry entry) {
    var text = new StringBuilder(row.label()).append(row.wrong());
    row.arrows().forEach(arrow -> text.append('\n').append(arrow.words()));
    row.notes().forEach(note -> text.append('\n').append(note.words()));
    return new Said(row, text.toString(), entry == null ? List.of() : AmountFinder.in(entry));
  }

  /** Puts rows that say the same into one, by their longest common subsequence. */
  private void align(int step, List<Said> lefts, List<Said> rights) {
    var common = new int[lefts.size() + 1][rights.size() + 1];
    for (int i = lefts.size() - 1; i >= 0; i--) {
      for (int j = rights.size() - 1; j >= 0; j--) {
        common[i][j] =
            lefts.get(i).key().equals(rights.get(j).key())
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < lefts.size() || j < rights.size()) {
      var one = i < lefts.size() ? lefts.get(i) : null;
      var other = j < rights.size() ? rights.get(j) : null;
      if (one != null && other != null && one.key().equals(other.key())) {
        rows.add(message(step, one, other));
        i++;
        j++;
      } else if (other == null || (one != null && common[i + 1][j] >= common[i][j + 1])) {
        rows.add(message(step, one, null));
        i++;
      } else {
        rows.add(message(step, null, other));
        j++;
      }
    }
  }

  private ComparedRow message(int step, @Nullable Said one, @Nullable Said other) {
    List<String> amounts = one == null ? List.of() : one.amounts();
    List<String> others = other == null ? List.of() : other.amounts();
    boolean both = one != null && other != null;
    return new ComparedRow(
        MESSAGE,
        step,
        "",
        one == null ? null : one.row(),
        other == null ? null : other.row(),
        both ? amountsOnlyIn(amounts, others) : "",
        both ? amountsOnlyIn(others, amounts) : "",
        one == null || other == null || !one.saysTheSameAs(other),
        false,
        caption(one, other));
  }

  private String caption(@Nullable Said one, @Nullable Said other) {
    var first = one == null ? "" : one.row().caption();
    var second = other == null ? "" : other.row().caption();
    if (first.equals(second)) {
      return first;
    }
    return Stream.of(
            first.isEmpty() ? "" : words.say("pair.caption.left", first),
            second.isEmpty() ? "" : words.say("pair.caption.right", second))
        .filter(text -> !text.isEmpty())
        .reduce((a, b) -> a + " " + b)
        .orElse("");
  }

  /** Names the first amounts that only one of two messages has. */
  private String amountsOnlyIn(List<String> these, List<String> others) {
    var only =
        these.stream()
            .filter(amount -> !others.contains(amount))
            .distinct()
            .limit(3)
            .map(words::yuan)
            .toList();
    return String.join(words.say("pair.amounts.separator"), only);
  }

  private void addMoney(int step) {
    long one = spentIn(left, step);
    long other = spentIn(right, step);
    if (one == 0 && other == 0) {
      return;
    }
    var first = money(spentUntil(left, step));
    var second = money(spentUntil(right, step));
    rows.add(
        new ComparedRow(
            MONEY,
            step,
            "",
            null,
            null,
            first,
            second,
            one != other,
            false,
            words.say("pair.caption.left", first) + " " + words.say("pair.caption.right", second)));
  }

  private static long spentIn(RecordedRun run, int step) {
    long before = 0;
    for (var mark : run.marks()) {
      long now = run.spentUntil(mark);
      if (mark.step() == step) {
        return now - before;
      }
      before = now;
    }
    return 0;
  }

  /** Returns what has been spent when a step ended; a run that ended before it keeps its sum. */
  private static long spentUntil(RecordedRun run, int step) {
    long spent = 0;
    for (var mark : run.marks()) {
      if (mark.step() > step) {
        return spent;
      }
      spent = run.spentUntil(mark);
    }
    return spent;
  }

  private String money(long fen) {
    if (fen == 0) {
      return words.say("pair.money.none");
    }
    var amount = words.yuan(Money.fen(Math.abs(fen)).decimal());
    return words.say(fen > 0 ? "pair.money.spent" : "pair.money.gained", amount);
  }

  private void markFirstDifference() {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).differs()) {
        rows.set(i, rows.get(i).asFirst());
        return;
      }
    }
  }
}
