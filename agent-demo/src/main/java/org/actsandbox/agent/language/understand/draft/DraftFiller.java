package org.actsandbox.agent.language.understand.draft;

import org.actsandbox.agent.language.read.AnnotatedSentence;

/** Fills the draft of a segment with the filler of its kind. */
public final class DraftFiller {

  private DraftFiller() {}

  public static WishDraft fill(
      Segment segment, AnnotatedSentence annotatedSentence, DraftFindings draftFindings) {
    return switch (segment.merchantKind) {
      case TRAIN -> TrainDraftFiller.fill(segment, annotatedSentence.sentence(), draftFindings);
      case HOTEL -> HotelDraftFiller.fill(segment, annotatedSentence.sentence(), draftFindings);
      case SHOP -> ShopDraftFiller.fill(segment, annotatedSentence, draftFindings);
      case SERVICE -> throw new IllegalArgumentException("no shop sells " + segment.merchantKind);
    };
  }
}
