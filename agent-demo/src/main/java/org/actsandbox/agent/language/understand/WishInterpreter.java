package org.actsandbox.agent.language.understand;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.Remark;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.ForeignCost;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.UnreadWords;
import org.actsandbox.agent.language.understand.draft.CityLandmark;
import org.actsandbox.agent.language.understand.draft.DraftFiller;
import org.actsandbox.agent.language.understand.draft.DraftFindings;
import org.actsandbox.agent.language.understand.draft.FallbackSpans;
import org.actsandbox.agent.language.understand.draft.HotelDraft;
import org.actsandbox.agent.language.understand.draft.Segment;
import org.actsandbox.agent.language.understand.draft.ShopDraft;
import org.actsandbox.agent.language.understand.draft.TrainDraft;
import org.actsandbox.agent.language.understand.draft.TripDetails;
import org.actsandbox.agent.language.understand.draft.WishCheck;
import org.actsandbox.agent.language.understand.draft.WishDraft;
import org.actsandbox.protocol.commerce.MerchantKind;

/**
 * Interprets a sentence that contains new wishes, changes earlier ones, or answers a question about
 * them.
 */
final class WishInterpreter {

  private final AnnotatedSentence annotated;
  private final Situation situation;
  private final Lang lang;
  private DraftFindings findings;
  private final String text;

  /** Ours: a question names at most this many stretches of words. */
  private static final int MAX_NAMED = 4;

  /** A draft, and whether its words alone make a wish. */
  private record ParsedWish(WishDraft draft, boolean complete) {}

  WishInterpreter(AnnotatedSentence annotated, Situation situation, Lang lang) {
    this.annotated = annotated;
    this.situation = situation;
    this.lang = lang;
    this.findings = new DraftFindings(situation.profile());
    this.text = annotated.text();
  }

  Interpretation interpret() {
    if (situation.wishes().isEmpty()) {
      return interpretFirst(Segments.of(annotated));
    }
    return Waiver.of(annotated, situation)
        .map(this::interpretAfterWaiver)
        .orElseGet(this::interpretContinuation);
  }

  /**
   * Interprets a sentence with a waiver: the dropped wish or detail is gone, and the rest of the
   * sentence is read after that.
   */
  private Interpretation interpretAfterWaiver(Waiver waiver) {
    var left = waiver.situation();
    var wishing = new WishInterpreter(waiver.rest(), left, lang);
    if (left.wishes().isEmpty()) {
      var instead = wishing.interpret();
      return isUnknown(instead) ? new Interpretation.Cancel(lang) : instead;
    }
    var changed = wishing.interpretContinuation();
    if (!isUnknown(changed)) {
      return changed;
    }
    var unchanged = new WishInterpreter(waiver.rest(), left, lang);
    return unchanged.refined(WishDraft.of(left.wishes()));
  }

  private static boolean isUnknown(Interpretation understood) {
    return understood instanceof Interpretation.Question open && open.asksForMeaning();
  }

  private Interpretation interpretContinuation() {
    var segments = Segments.of(annotated);
    boolean named = segments.segments.stream().anyMatch(s -> s.named);
    var parsed = parse(segments);
    boolean isNewWish = !parsed.isEmpty() && parsed.stream().allMatch(ParsedWish::complete);
    if (!named && !isNewWish) {
      // The clarifications of a wish of its own do not apply to mere details.
      findings = new DraftFindings(situation.profile());
      shared(List.of());
      return new WishRefinement(annotated, situation, findings)
          .changed()
          .map(this::refined)
          .orElseGet(this::unknown);
    }
    var drafts = drafts(parsed);
    if (isNewWish && !Cues.KNOWN.occurs("addition", text)) {
      return answer(drafts, false);
    }
    return refined(combine(parsed));
  }

  private Interpretation interpretFirst(Segments segments) {
    var drafts = drafts(parse(segments));
    var ideas =
        drafts.stream().allMatch(draft -> isBare(draft) || draft instanceof ShopDraft)
            ? ProductIdeas.find(annotated)
            : Optional.<String>empty();
    if (ideas.isPresent()
        || (drafts.stream().allMatch(WishInterpreter::isBare) && Cues.KNOWN.occurs("gift", text))) {
      drafts = List.of();
      findings.clarifications.clear();
      findings.ask("product", Reason.MISSING, ideas.orElse("gift"));
    }
    if (drafts.isEmpty() && (findings.asks("product") || Cues.KNOWN.occurs("shopping", text))) {
      drafts = List.of(DraftFiller.fill(goods(), annotated, findings));
    }
    return drafts.isEmpty() ? unknown() : answer(drafts, false);
  }

  /** Returns whether a word names the kind and no more is said: "to play with on the train". */
  private static boolean isBare(WishDraft draft) {
    return switch (draft) {
      case TrainDraft train -> train.to == null && train.date == null && train.from == null;
      case HotelDraft hotel -> hotel.city == null && hotel.checkIn == null;
      case ShopDraft shop -> shop.terms == null;
    };
  }

  /** Returns the whole sentence as one wish for goods, for its limit and its day. */
  private Segment goods() {
    var segment = new Segment(MerchantKind.SHOP, false, false);
    annotated.marks().stream()
        .filter(m -> m.kinds().contains(MerchantKind.SHOP))
        .forEach(segment.spans::add);
    return segment;
  }

  /**
   * Says of a wish or of a question that nothing here answers it, and asks otherwise what the words
   * mean that make no wish.
   */
  private Interpretation unknown() {
    var acts = new ActReader(annotated, situation, lang);
    var untold =
        situation.wishes().isEmpty()
            ? Optional.<Interpretation>empty()
            : acts.untold("smalltalk.untold");
    if (untold.isPresent()) {
      return untold.get();
    }
    if (acts.isQuestion()) {
      return acts.unanswered();
    }
    var sentence = annotated.sentence();
    var words =
        UnreadWords.in(sentence, 0, sentence.plain().length()).stream()
            .map(UnreadWords.Stretch::words)
            .limit(MAX_NAMED)
            .collect(Collectors.joining(lang == Lang.ZH ? "、" : ", "));
    findings.ask("wish", Reason.UNKNOWN, words.isEmpty() ? null : words);
    return QuestionText.ask(findings.clarifications, situation, lang);
  }

  private List<ParsedWish> parse(Segments segments) {
    shared(segments.shared);
    var parsed = new ArrayList<ParsedWish>();
    for (var segment : segments.segments) {
      var draft = DraftFiller.fill(segment, annotated, findings);
      if (segment.merchantKind != MerchantKind.SHOP
          && !segment.back
          && !segments.shared.isEmpty()) {
        var common = new Segment(segment.merchantKind, false, false);
        segments.shared.stream()
            .filter(m -> !(m.meaning() instanceof Cost))
            .filter(m -> m.kinds().contains(segment.merchantKind))
            .forEach(common.spans::add);
        var base = DraftFiller.fill(common, annotated, findings);
        base.update(draft);
        draft = base;
      }
      var same = draft;
      if (draft instanceof ShopDraft && isOneOfTwo(segment, parsed)) {
        continue;
      }
      if (isFallback(segment, parsed)) {
        parsed.getLast().draft().otherwise(draft);
        continue;
      }
      var before =
          parsed.stream()
              .map(ParsedWish::draft)
              .filter(d -> d instanceof ShopDraft a && same instanceof ShopDraft b && a.isSame(b))
              .findFirst();
      if (before.isPresent()) {
        before.get().update(draft);
      } else {
        parsed.add(new ParsedWish(draft, complete(draft, segment)));
      }
    }
    return parsed;
  }

  private boolean isFallback(Segment segment, List<ParsedWish> parsed) {
    return !parsed.isEmpty()
        && !segment.back
        && !segment.stretches.isEmpty()
        && parsed.getLast().draft().kind() == segment.merchantKind
        && FallbackSpans.leads(text, segment.stretches.getFirst()[0]);
  }

  /** Asks which goods are meant when "or" stands before them, and returns whether it does. */
  private boolean isOneOfTwo(Segment segment, List<ParsedWish> parsed) {
    var nouns =
        WishNoun.all(annotated).stream().filter(noun -> noun.kind() == MerchantKind.SHOP).toList();
    for (int at = 1; at < nouns.size(); at++) {
      var one = nouns.get(at - 1);
      var other = nouns.get(at);
      boolean here =
          segment.stretches.stream().anyMatch(s -> other.start() >= s[0] && other.start() < s[1]);
      if (here
          && !parsed.isEmpty()
          && Cues.KNOWN.fits("one of two goods", text.substring(one.end(), other.start()))) {
        var sentence = annotated.sentence();
        findings.ask(
            "product",
            Reason.AMBIGUOUS,
            sentence.simplified(one.start(), one.end())
                + " / "
                + sentence.simplified(other.start(), other.end()));
        return true;
      }
    }
    return false;
  }

  private void shared(List<MeaningSpan> spans) {
    for (var span : spans) {
      if (span.meaning() instanceof Cost cost) {
        findings.budget = Budget.of(cost.max());
        if (cost.max().isZero()) {
          findings.ask("budget", Reason.IMPOSSIBLE, cost.max().decimal());
        }
      }
    }

    annotated
        .all(ForeignCost.class)
        .forEach(foreign -> findings.ask("currency", Reason.AMBIGUOUS, foreign.words()));
  }

  /** Returns whether the words alone make a wish, without the earlier sentences. */
  private boolean complete(WishDraft draft, Segment segment) {
    if (Cues.KNOWN.occurs("correction", text)) {
      return false;
    }
    boolean answering = !situation.asked().isEmpty();
    return switch (draft) {
      case TrainDraft train ->
          train.to != null
              && !KeptWishes.isDetail(train, situation)
              && (answering
                  ? segment.named && train.date != null
                  : segment.named || train.from != null || train.date != null);
      case HotelDraft hotel ->
          segment.named
              && hotel.city != null
              && !KeptWishes.isDetail(hotel, situation)
              && (!answering || hotel.checkIn != null);
      case ShopDraft shop ->
          shop.terms != null
              && !KeptWishes.isDetail(shop, situation)
              && !situation.asked().contains("product");
    };
  }

  private List<WishDraft> drafts(List<ParsedWish> parsed) {
    var drafts = parsed.stream().map(ParsedWish::draft).toList();
    var stays = WishDraft.all(drafts, HotelDraft.class).toList();
    if (!stays.isEmpty()
        && !Cues.KNOWN.occurs("either day", text)
        && !Cues.KNOWN.occurs("one way", text)) {
      // A journey and a stay for several days have a way back, on the last of them.
      boolean hasDays = stays.stream().anyMatch(s -> s.checkIn != null && s.checkOut != null);
      WishDraft.all(drafts, TrainDraft.class)
          .filter(t -> t.latestDate != null || (hasDays && t.date == null && !t.back))
          .forEach(train -> train.round = true);
    }
    if (Cues.KNOWN.occurs("day trip", text)) {
      WishDraft.all(drafts, TrainDraft.class)
          .filter(train -> !train.back)
          .findFirst()
          .ifPresent(train -> train.round = true);
    }
    return addReturns(drafts);
  }

  /** Changes or extends the earlier wishes by what the sentence says. */
  private List<WishDraft> combine(List<ParsedWish> parsed) {
    var combined = WishDraft.of(situation.wishes());
    for (var each : parsed) {
      var same =
          combined.reversed().stream()
              .filter(d -> d.kind() == each.draft().kind())
              .min(Comparator.comparing(d -> !KeptWishes.isSameGoods(d, each.draft())));
      boolean back = each.draft() instanceof TrainDraft train && train.back;
      if (back && parsed.size() == 1) {
        // 周四回, said after a journey and a stay of one night, ends the stay.
        WishDraft.all(combined, HotelDraft.class).forEach(HotelDraft::untilReturn);
      }
      var wayBack = back ? KeptWishes.wayBack(combined) : null;
      if (wayBack != null) {
        wayBack.update(each.draft());
        continue;
      }
      boolean isOpen = same.isPresent() && !same.get().wish().missing().isEmpty();
      if (same.isPresent() && !back && (isOpen || !each.complete())) {
        same.get().update(each.draft());
      } else {
        combined.add(each.draft());
      }
    }
    new WishShift(annotated, situation)
        .applyToAll(combined, parsed.stream().map(ParsedWish::draft).toList());
    KeptWishes.returnAfterArrival(text, combined);
    return KeptWishes.withoutDropped(annotated, combined);
  }

  /** Divides wishes whose parts have numbers of their own, and adds the ways back. */
  private List<WishDraft> addReturns(List<WishDraft> drafts) {
    var parts = drafts.stream().flatMap(draft -> draft.split().stream()).toList();
    boolean hasReturn = WishDraft.all(parts, TrainDraft.class).anyMatch(train -> train.back);
    var all = new ArrayList<WishDraft>();
    for (var part : parts) {
      all.add(part);
      if (part instanceof TrainDraft out && out.round && !hasReturn) {
        var back = new TrainDraft();
        back.back = true;
        back.date = ImpliedKind.isSameDayReturn(text) ? out.date : out.latestDate;
        back.passengers = out.passengers;
        out.latestDate = null;
        out.round = false;
        all.add(back);
      }
    }
    return all;
  }

  private Interpretation refined(List<WishDraft> drafts) {
    return answer(addReturns(drafts), true);
  }

  private Interpretation answer(List<WishDraft> drafts, boolean refined) {
    var usable = new ArrayList<WishDraft>(drafts);
    // A journey back without an outward one is a simple journey.
    WishDraft.all(usable, TrainDraft.class)
        .findFirst()
        .ifPresent(train -> TripDetails.beginJourney(train, usable, findings));
    var gaps = new WishGaps(annotated, situation, findings);
    gaps.fillHome(usable);
    if (refined) {
      CountChange.apply(annotated, situation, usable);
    }
    if (Cues.KNOWN.occurs("both ways", text)) {
      TripDetails.shareBothWays(usable);
    }
    TripDetails.shareLastClause(usable, text);
    gaps.askForParty(usable);
    TripDetails.share(usable, findings, gaps.days(), situation.profile().guests());
    usable.retainAll(KeptWishes.onlyWanted(annotated, usable));
    if (usable.stream().anyMatch(TrainDraft.class::isInstance)) {
      Cues.found("fare", text).forEach(fare -> findings.assume("assumed." + fare));
    }
    Cues.found("note", text).forEach(note -> findings.assume("assumed." + note));

    WishDraft.all(usable, HotelDraft.class)
        .forEach(hotel -> CityLandmark.fill(hotel, annotated.sentence()));
    gaps.limitSingleTicket(usable);
    new WishCheck(findings, situation.now()).check(usable);
    var budget = findings.budget == null && refined ? situation.budget() : findings.budget;
    // One of two compared journeys that becomes like the other is chosen.
    var wishes = usable.stream().map(WishDraft::wish).distinct().toList();
    var remarks = SentenceRemarks.of(annotated, usable, findings, lang);
    return findings.clarifications.isEmpty()
        ? new Interpretation.Wishes(wishes, budget, refined, lang, remarks)
        : new Interpretation.Question(
            findings.clarifications, question(remarks), wishes, budget, lang, null);
  }

  /**
   * Words the question together with what was left out, because the answer will be another
   * sentence.
   */
  private String question(List<Remark> remarks) {
    var question = QuestionText.question(findings.clarifications, lang);
    var lost =
        remarks.stream()
            .filter(Remark::isLoss)
            .map(Remark::words)
            .filter(words -> !question.contains(words))
            .collect(Collectors.joining(lang == Lang.ZH ? "、" : ", "));
    if (lost.isEmpty()) {
      return question;
    }
    return QuestionText.text("left_out", lang, lost) + (lang == Lang.ZH ? "" : " ") + question;
  }
}
