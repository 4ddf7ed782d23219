package org.actsandbox.sandbox.control;

import java.util.HashSet;
import java.util.List;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.jspecify.annotations.Nullable;

/** Reads which merchants take part in a new world. */
final class MerchantSelection {

  private MerchantSelection() {}

  /**
   * Returns the ids in the order of the roster, regardless of the order in the request, so that
   * worlds with the same seed are equal.
   *
   * @throws Refusal {@code invalid_field} for an empty list, an unknown merchant, or one that
   *     occurs twice
   */
  static List<String> ids(List<@Nullable String> requested) {
    var known = MerchantRoster.all().stream().map(MerchantProfile::id).toList();
    var expected = "one or more of " + String.join(", ", known) + ", each once";
    if (requested.isEmpty()) {
      throw FieldChecks.invalid("merchants", expected, "none");
    }
    var named = new HashSet<String>();
    for (int i = 0; i < requested.size(); i++) {
      var id = String.valueOf(requested.get(i));
      if (!known.contains(id) || !named.add(id)) {
        throw FieldChecks.invalid("merchants[%d]".formatted(i), expected, id);
      }
    }
    return known.stream().filter(named::contains).toList();
  }
}
