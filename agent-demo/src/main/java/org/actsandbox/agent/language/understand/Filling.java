package org.actsandbox.agent.language.understand;

import org.actsandbox.agent.language.read.Reading;

/** Fills a draft of the segment's kind. */
final class Filling {

  private Filling() {}

  static Draft fill(Segment segment, Reading reading, Limits limits) {
    return switch (segment.kind) {
      case TRAIN -> TrainFilling.fill(segment, reading.sentence(), limits);
      case HOTEL -> HotelFilling.fill(segment, reading.sentence(), limits);
      case SHOP -> ShopFilling.fill(segment, reading, limits);
      case SERVICE -> throw new IllegalArgumentException("nobody shops for " + segment.kind);
    };
  }
}
