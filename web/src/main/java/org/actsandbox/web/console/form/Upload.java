package org.actsandbox.web.console.form;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds one file of a posted form, and the form's other fields.
 *
 * @param name the file's name as the browser sends it; empty when no file was chosen
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record Upload(String name, byte[] bytes, Map<String, String> fields) {

  /** The limit for all files and fields of a form together. */
  public static final int MAX_BYTES = 8 * 1024 * 1024 + 16 * 1024;

  /** Returns a field's value; null if it is absent or blank. */
  public @Nullable String field(String field) {
    var value = fields.get(field);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
