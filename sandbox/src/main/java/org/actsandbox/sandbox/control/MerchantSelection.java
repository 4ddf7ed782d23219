package org.actsandbox.sandbox.control;

import java.util.HashSet;
import java.util.List;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** Reads who takes part in a world, of all the merchants there are. */
final class MerchantSelection {

  private MerchantSelection() {}

  /**
   * In the order of the roster, whatever the order they were named in: worlds of one seed are the
   * same then.
   *
   * @throws Refusal {@code invalid_field} for none at all, one that is not there, or one twice
   */
  static List<String> ids(List<@Nullable String> wished) {
    var known = MerchantRoster.all().stream().map(MerchantProfile::id).toList();
    var expected = "one or more of " + String.join(", ", known) + ", each once";
    if (wished.isEmpty()) {
      throw PrincipalRequestReader.invalid("merchants", expected, "none");
    }
    var named = new HashSet<String>();
    for (int i = 0; i < wished.size(); i++) {
      var id = String.valueOf(wished.get(i));
      if (!known.contains(id) || !named.add(id)) {
        throw PrincipalRequestReader.invalid("merchants[%d]".formatted(i), expected, id);
      }
    }
    return known.stream().filter(named::contains).toList();
  }
}
