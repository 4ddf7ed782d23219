package org.actsandbox.merchants.shelf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.actsandbox.protocol.commerce.Text;

/**
 * Reads hand-written data files: one row per line, cells between bars, and lines that begin with
 * {@code #} are remarks.
 */
public final class DataFileReader {

  private DataFileReader() {}

  /**
   * Returns the cells of each row of a resource, stripped of blanks.
   *
   * @param beside a class in the package of the resource
   */
  public static List<String[]> read(Class<?> beside, String name) {
    var stream = beside.getResourceAsStream(name);
    if (stream == null) {
      throw new IllegalStateException("resource " + name + " is missing");
    }
    try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(DataFileReader::cells)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Reads a text in both languages, such as {@code Cloud Terrace=云台}. */
  public static Text text(String pair) {
    int equals = pair.indexOf('=');
    if (equals < 1) {
      throw new IllegalStateException("not en=zh: " + pair);
    }
    return new Text(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
  }

  /** Reads texts in both languages that semicolons separate. */
  public static List<Text> texts(String pairs) {
    return parts(pairs, ";").stream().map(DataFileReader::text).toList();
  }

  public static List<String> parts(String cell, String separator) {
    return List.of(cell.split(separator, -1)).stream()
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static String[] cells(String line) {
    var cells = line.split("\\|", -1);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cells[i].strip();
    }
    return cells;
  }
}
