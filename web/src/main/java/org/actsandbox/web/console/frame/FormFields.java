package org.actsandbox.web.console.frame;

import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** The fields of a posted form, for forms whose field names vary. */
public record FormFields(MultiValueMap<String, String> fields) {

  /** The first value, blank counted as absent. */
  public @Nullable String first(String name) {
    var value = fields.getFirst(name);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
