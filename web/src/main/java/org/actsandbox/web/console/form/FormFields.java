package org.actsandbox.web.console.form;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** Holds the fields of a posted form. Controllers use it for forms with varying field names. */
public record FormFields(MultiValueMap<String, String> fields) {

  /** Returns the first value of a field; null if it is absent or blank. */
  public @Nullable String first(String name) {
    var value = fields.getFirst(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** Returns the fields of {@code names} that are filled in, as the body of an API request. */
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
