package org.actsandbox.web.console.form;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file of a posted form, and the form's other fields.
 *
 * @param name as the browser tells it; empty when no file was chosen
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record Upload(String name, byte[] bytes, Map<String, String> fields) {

  /** Of all files and fields of a form together. */
  public static final int MAX_BYTES = 8 * 1024 * 1024 + 16 * 1024;

  /** A field's value, blank counted as absent. */
  public @Nullable String field(String field) {
    var value = fields.get(field);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
