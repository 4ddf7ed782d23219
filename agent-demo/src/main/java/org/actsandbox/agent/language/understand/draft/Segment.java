package org.actsandbox.agent.language.understand.draft;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.protocol.commerce.MerchantKind;

/** Holds the part of a sentence that is about one wish. */
public final class Segment {

  public final MerchantKind merchantKind;

  /** True if a word names the kind; false if only details that belong to the kind were found. */
  public final boolean named;

  public final boolean back;

  /** True for a journey that goes on from where the one before it ends. */
  public boolean goesOn;

  public final List<MeaningSpan> spans = new ArrayList<>();

  /** The stretches of the sentence, each with its start and end. */
  public final List<int[]> stretches = new ArrayList<>();

  public Segment(MerchantKind merchantKind, boolean named, boolean back) {
    this.merchantKind = merchantKind;
    this.named = named;
    this.back = back;
  }
}
