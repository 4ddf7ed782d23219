package org.actsandbox.agent.language.understand.draft;

import java.util.List;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;

/** Fills the draft of a segment with the filler of its kind, and its fallback. */
public final class DraftFiller {

  private DraftFiller() {}

  public static WishDraft fill(
      Segment segment, AnnotatedSentence annotatedSentence, DraftFindings draftFindings) {
    var spans = FallbackSpans.of(segment.meaningSpans, annotatedSentence.sentence());
    var first = new Segment(segment.merchantKind, segment.named, segment.back);
    first.goesOn = segment.goesOn;
    first.meaningSpans.addAll(spans.first());
    first.stretches.addAll(segment.stretches);
    var draft = fillFirst(first, annotatedSentence, draftFindings);
    if (spans.hasFallback()) {
      draft.otherwise = fallback(segment, spans, annotatedSentence, draftFindings);
    }
    return draft;
  }

  /** Compares what both lists of meanings say; the words of the sentence are those of the first. */
  private static Fallback fallback(
      Segment segment, FallbackSpans spans, AnnotatedSentence sentence, DraftFindings findings) {
    var unused = new DraftFindings(findings.interpreterProfile);
    var first = fillFirst(details(segment, spans.first()), sentence, unused);
    var other = fillFirst(details(segment, spans.otherwise()), sentence, findings);
    if (first instanceof TrainDraft one && other instanceof TrainDraft two) {
      two.putAfter(one);
      if (spans.nextTrain()) {
        two.departBefore = null;
        two.arriveBefore = null;
        two.sort = "earliest";
      }
    }
    return new Fallback(first.plainWish(), other.plainWish());
  }

  private static Segment details(Segment segment, List<MeaningSpan> meaningSpans) {
    var details = new Segment(segment.merchantKind, segment.named, segment.back);

    meaningSpans.stream()
        .filter(span -> !span.isWord(Topic.PRODUCT))
        .forEach(details.meaningSpans::add);
    return details;
  }

  private static WishDraft fillFirst(
      Segment segment, AnnotatedSentence annotatedSentence, DraftFindings draftFindings) {
    return switch (segment.merchantKind) {
      case TRAIN -> TrainDraftFiller.fill(segment, annotatedSentence.sentence(), draftFindings);
      case HOTEL -> HotelDraftFiller.fill(segment, annotatedSentence.sentence(), draftFindings);
      case SHOP -> ShopDraftFiller.fill(segment, annotatedSentence, draftFindings);
      case SERVICE -> throw new IllegalArgumentException("no shop sells " + segment.merchantKind);
    };
  }
}
