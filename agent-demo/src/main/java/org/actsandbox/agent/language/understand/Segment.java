package org.actsandbox.agent.language.understand;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.protocol.commerce.MerchantKind;

/** The part of a sentence that speaks of one wish. */
final class Segment {

  final MerchantKind merchantKind;

  /** Whether a word named the kind, not just details that go with it. */
  final boolean named;

  final boolean back;
  final List<MeaningSpan> meaningSpans = new ArrayList<>();

  /** The stretches of the sentence, start and end in turn. */
  final List<int[]> stretches = new ArrayList<>();

  Segment(MerchantKind merchantKind, boolean named, boolean back) {
    this.merchantKind = merchantKind;
    this.named = named;
    this.back = back;
  }
}
