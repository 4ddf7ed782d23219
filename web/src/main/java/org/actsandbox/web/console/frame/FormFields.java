package org.actsandbox.web.console.frame;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** The fields of a posted form, for forms whose field names vary. */
public record FormFields(MultiValueMap<String, String> fields) {

  /** The first value, blank counted as absent. */
  public @Nullable String first(String name) {
    var value = fields.getFirst(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** Those of {@code names} that are filled in, as a body for a surface. */
  public Map<String, String> filled(String... names) {
    var filled = new HashMap<String, String>();
    for (var name : names) {
      var value = first(name);
      if (value != null) {
        filled.put(name, value);
      }
    }
    return filled;
  }
}
