package org.actsandbox.agent.language.understand;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Gap.Reason;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.Remark;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.Understanding;
import org.actsandbox.agent.language.read.Mark;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.ForeignCost;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.Reading;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.protocol.commerce.Kind;
import org.jspecify.annotations.Nullable;

/** A sentence that wishes: new wishes, changes to those before, or the answer to a question. */
final class Wishing {

  private static final Pattern SHOPPING =
      Pattern.compile("\\b(?:buy|purchase|shop|shopping)\\b|买|购物|采购");
  private static final Pattern BOTH_WAYS =
      Pattern.compile(
          "\\b(?:both ways|each way|both trains|both directions|there and back)\\b|(?:往返|来回|去程?回程?|两趟|去和回)(?:都|均)");
  private static final Pattern CORRECTION =
      Pattern.compile(
          "^(?:no\\b|not\\b|actually|instead|rather|change|make it|switch|sorry|wait|oops|i (?:meant|said)|换|改|不对|不是|不,|不，|还是|错了|我(?:说|指|要)的是)|\\binstead\\b|换成|改成|改到|改为|改签");
  private static final Pattern ADDITION =
      Pattern.compile(
          "^(?:and|also|plus|add|as well|then|in addition|再|还|另外|顺便|加|也|以及)|\\b(?:too|as well|also|in addition)\\b|也要|还要|再来|再加|再订|再买|顺便");

  private final Reading reading;
  private final Situation situation;
  private final Lang lang;
  private Limits limits;
  private final String text;

  /** A draft and whether its words alone make a wish. */
  private record Said(Draft draft, boolean complete) {}

  Wishing(Reading reading, Situation situation, Lang lang) {
    this.reading = reading;
    this.situation = situation;
    this.lang = lang;
    this.limits = new Limits(situation.profile());
    this.text = reading.sentence().plain();
  }

  Understanding understand() {
    if (situation.wishes().isEmpty()) {
      return first(Segments.of(reading));
    }
    return Waiver.of(reading, situation).map(this::waived).orElseGet(this::continued);
  }

  /** What was let go of is gone, whatever else the sentence says. */
  private Understanding waived(Waiver waiver) {
    var left = waiver.situation();
    var wishing = new Wishing(waiver.rest(), left, lang);
    if (left.wishes().isEmpty()) {
      var instead = wishing.understand();
      return isUnknown(instead) ? new Understanding.Cancel(lang) : instead;
    }
    var changed = wishing.continued();
    if (!isUnknown(changed)) {
      return changed;
    }
    var unchanged = new Wishing(waiver.rest(), left, lang);
    return unchanged.refined(new ArrayList<>(left.wishes().stream().map(Draft::of).toList()));
  }

  private static boolean isUnknown(Understanding understood) {
    return understood instanceof Understanding.Question open
        && open.gaps().stream()
            .allMatch(gap -> gap.field().equals("wish") && gap.reason() == Reason.UNKNOWN);
  }

  private Understanding continued() {
    var segments = Segments.of(reading);
    boolean named = segments.segments.stream().anyMatch(s -> s.named);
    var said = said(segments);
    boolean fresh = !said.isEmpty() && said.stream().allMatch(Said::complete);
    if (!named && !fresh) {
      // What the details would ask for as a wish of their own is no question here.
      limits = new Limits(situation.profile());
      shared(List.of());
      return new Refining(reading, situation, limits)
          .changed()
          .map(this::refined)
          .orElseGet(this::unknown);
    }
    var drafts = drafts(said);
    if (fresh && !ADDITION.matcher(text).find()) {
      return answer(drafts, false);
    }
    return refined(combine(said));
  }

  private Understanding first(Segments segments) {
    var drafts = drafts(said(segments));
    if (drafts.isEmpty() && SHOPPING.matcher(text).find()) {
      drafts = List.of(new ShopDraft());
    }
    return drafts.isEmpty() ? unknown() : answer(drafts, false);
  }

  private Understanding unknown() {
    limits.ask("wish", Reason.UNKNOWN, null);
    return new Understanding.Question(
        limits.gaps,
        Wording.question(limits.gaps, lang),
        situation.wishes(),
        situation.budget(),
        lang);
  }

  private List<Said> said(Segments segments) {
    shared(segments.shared);
    var said = new ArrayList<Said>();
    for (var segment : segments.segments) {
      var draft = Filling.fill(segment, reading, limits);
      if (segment.kind != Kind.SHOP && !segment.back && !segments.shared.isEmpty()) {
        var common = new Segment(segment.kind, false, false);
        segments.shared.stream()
            .filter(m -> !(m.meaning() instanceof Cost))
            .filter(m -> Details.kinds(m).contains(segment.kind))
            .forEach(common.marks::add);
        var base = Filling.fill(common, reading, limits);
        base.update(draft);
        draft = base;
      }
      var same = draft;
      var before =
          said.stream()
              .map(Said::draft)
              .filter(d -> d instanceof ShopDraft a && same instanceof ShopDraft b && a.isSame(b))
              .findFirst();
      if (before.isPresent()) {
        before.get().update(draft);
      } else {
        said.add(new Said(draft, complete(draft, segment)));
      }
    }
    return said;
  }

  private void shared(List<Mark> marks) {
    for (var mark : marks) {
      if (mark.meaning() instanceof Cost cost) {
        limits.budget = Budget.of(cost.max());
        if (cost.max().isZero()) {
          limits.ask("budget", Reason.IMPOSSIBLE, cost.max().decimal());
        }
      }
    }
    for (var mark : reading.marks()) {
      if (mark.meaning() instanceof ForeignCost foreign) {
        limits.ask("currency", Reason.AMBIGUOUS, foreign.words());
      }
    }
  }

  /** Whether the words alone make a wish, whatever was said before. */
  private boolean complete(Draft draft, Segment segment) {
    if (CORRECTION.matcher(text).find()) {
      return false;
    }
    boolean answering = !situation.asked().isEmpty();
    return switch (draft) {
      case TrainDraft train ->
          train.to != null
              && (answering
                  ? segment.named && train.date != null
                  : segment.named || train.from != null || train.date != null);
      case HotelDraft hotel ->
          segment.named && hotel.city != null && (!answering || hotel.checkIn != null);
      case ShopDraft shop -> shop.terms != null && !situation.asked().contains("product");
    };
  }

  private List<Draft> drafts(List<Said> said) {
    return withReturns(said.stream().map(Said::draft).toList());
  }

  /** Old wishes, changed or joined by what was said. */
  private List<Draft> combine(List<Said> said) {
    var combined = new ArrayList<Draft>(situation.wishes().stream().map(Draft::of).toList());
    for (var each : said) {
      var same =
          combined.reversed().stream().filter(d -> d.kind() == each.draft().kind()).findFirst();
      boolean back = each.draft() instanceof TrainDraft train && train.back;
      if (same.isPresent() && !each.complete() && !back) {
        same.get().update(each.draft());
      } else {
        combined.add(each.draft());
      }
    }
    return Refining.without(reading, combined);
  }

  private static List<Draft> withReturns(List<Draft> drafts) {
    var all = new ArrayList<Draft>();
    for (var draft : drafts) {
      all.add(draft);
      boolean both = draft instanceof TrainDraft train && train.round;
      boolean told = drafts.stream().anyMatch(d -> d instanceof TrainDraft t && t.back);
      if (both && !told && draft instanceof TrainDraft out) {
        var back = new TrainDraft();
        back.back = true;
        back.date = out.latestDate;
        back.passengers = out.passengers;
        out.latestDate = null;
        out.round = false;
        all.add(back);
      }
    }
    return all;
  }

  private Understanding refined(List<Draft> drafts) {
    return answer(withReturns(drafts), true);
  }

  private Understanding answer(List<Draft> drafts, boolean refined) {
    var usable = new ArrayList<Draft>(drafts);
    // A journey back with nothing before it is simply a journey.
    usable.stream()
        .filter(TrainDraft.class::isInstance)
        .map(TrainDraft.class::cast)
        .findFirst()
        .ifPresent(train -> train.back = false);
    var home = limits.home();
    usable.stream()
        .filter(d -> d instanceof TrainDraft t && t.from == null && !limits.asks("from"))
        .map(TrainDraft.class::cast)
        .filter(t -> !t.back)
        .forEach(
            t ->
                home.filter(h -> !h.rail().equals(t.to))
                    .filter(_ -> t.to != null || onlyTrain(usable))
                    .ifPresent(h -> t.from = h.rail()));
    goingHome(usable);
    if (BOTH_WAYS.matcher(text).find()) {
      Sharing.bothWays(usable);
    }
    Sharing.share(usable, limits, days(), situation.profile().guests());
    new Checks(limits, situation.now()).check(usable);
    var budget = limits.budget == null && refined ? situation.budget() : limits.budget;
    var wishes = usable.stream().map(Draft::wish).toList();
    var remarks = SentenceRemarks.of(reading, usable, limits, lang);
    return limits.gaps.isEmpty()
        ? new Understanding.Wishes(wishes, budget, refined, lang, remarks)
        : new Understanding.Question(limits.gaps, question(remarks), wishes, budget, lang);
  }

  /** What is left out is told with the question: its answer is another sentence. */
  private String question(List<Remark> remarks) {
    var question = Wording.question(limits.gaps, lang);
    var lost =
        remarks.stream()
            .filter(Remark::isLoss)
            .map(Remark::words)
            .filter(words -> !question.contains(words))
            .collect(Collectors.joining(lang == Lang.ZH ? "、" : ", "));
    if (lost.isEmpty()) {
      return question;
    }
    return Wording.text("left_out", lang, lost) + (lang == Lang.ZH ? "" : " ") + question;
  }

  /** "Back from Shanghai", with no journey there: it goes home. */
  private void goingHome(List<Draft> drafts) {
    boolean back =
        reading.marks().stream()
            .anyMatch(
                m ->
                    m.meaning() instanceof Word word
                        && word.topic() == Topic.RETURN
                        && word.value().equals("back"));
    if (!back || drafts.size() != 1 || !(drafts.getFirst() instanceof TrainDraft train)) {
      return;
    }
    limits
        .home()
        .filter(home -> train.to == null && !home.rail().equals(train.from))
        .ifPresent(home -> train.to = home.rail());
  }

  private static boolean onlyTrain(List<Draft> drafts) {
    return drafts.stream().noneMatch(HotelDraft.class::isInstance);
  }

  private @Nullable Integer days() {
    Integer days = null;
    for (var mark : reading.marks()) {
      if (mark.meaning() instanceof Count count && count.unit() == Unit.DAYS) {
        days = count.number();
      }
    }
    return days;
  }
}
