package org.actsandbox.web.console.worlds;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.sandbox.fault.MagicValue;
import org.actsandbox.sandbox.psp.instrument.TestCard;

/**
 * Shows a value that triggers a behaviour without a fault. The texts are in the bundles: {@code
 * magic.<code>}, {@code magic.at.<place>}.
 *
 * @param once true if only the first attempt triggers the behaviour
 */
public record MagicValueRow(String value, String place, String code, boolean once) {

  static List<MagicValueRow> all() {
    return Stream.concat(
            Arrays.stream(MagicValue.values())
                .filter(each -> each.place() != MagicValue.Place.CARD)
                .map(
                    each ->
                        new MagicValueRow(
                            each.value(), each.place().code(), each.code(), each.once())),
            Arrays.stream(TestCard.values())
                .map(
                    each ->
                        new MagicValueRow(
                            each.number(), "card_number", "card_" + each.code(), false)))
        .toList();
  }
}
