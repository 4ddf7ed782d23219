package org.actsandbox.agent.language.understand;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.agent.language.read.Mark;
import org.actsandbox.protocol.commerce.Kind;

/** The part of a sentence that speaks of one wish. */
final class Segment {

  final Kind kind;

  /** Whether a word named the kind, not just details that go with it. */
  final boolean named;

  final boolean back;
  final List<Mark> marks = new ArrayList<>();

  /** The stretches of the sentence, start and end in turn. */
  final List<int[]> stretches = new ArrayList<>();

  Segment(Kind kind, boolean named, boolean back) {
    this.kind = kind;
    this.named = named;
    this.back = back;
  }
}
