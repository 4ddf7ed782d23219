package org.actsandbox.agent.language.understand.draft;

import java.util.List;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;

/** Fills the draft of a segment with the filler of its kind, and its fallback. */
public final class DraftFiller {

  private DraftFiller() {}

  public static WishDraft fill(
      Segment segment, AnnotatedSentence annotated, DraftFindings findings) {
    var spans = FallbackSpans.of(segment.spans, annotated.sentence());
    var first = new Segment(segment.merchantKind, segment.named, segment.back);
    first.goesOn = segment.goesOn;
    first.spans.addAll(spans.first());
    first.stretches.addAll(segment.stretches);
    var draft = fillFirst(first, annotated, findings);
    if (spans.hasFallback()) {
      draft.otherwise = fallback(segment, spans, annotated, findings);
    }
    return draft;
  }

  /** Compares what both lists of meanings say; the words of the sentence are those of the first. */
  private static Fallback fallback(
      Segment segment, FallbackSpans spans, AnnotatedSentence sentence, DraftFindings findings) {
    var unused = new DraftFindings(findings.profile);
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

  private static Segment details(Segment segment, List<MeaningSpan> spans) {
    var details = new Segment(segment.merchantKind, segment.named, segment.back);

    spans.stream().filter(span -> !span.isWord(Topic.PRODUCT)).forEach(details.spans::add);
    return details;
  }

  private static WishDraft fillFirst(
      Segment segment, AnnotatedSentence annotated, DraftFindings findings) {
    return switch (segment.merchantKind) {
      case TRAIN -> TrainDraftFiller.fill(segment, annotated.sentence(), findings);
      case HOTEL -> HotelDraftFiller.fill(segment, annotated.sentence(), findings);
      case SHOP -> ShopDraftFiller.fill(segment, annotated, findings);
      case SERVICE -> throw new IllegalArgumentException("no shop sells " + segment.merchantKind);
    };
  }
}
