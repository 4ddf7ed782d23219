package org.actsandbox.sandbox.journal;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Reads entries as they are stored: one JSON object per line. */
public final class EntryReader {

  /** Some entries are larger than any message; none is larger than what may be shared at once. */
  private static final int MAX_STRING = 16 * 1024 * 1024;

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(MAX_STRING).build())
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readerFor(JournalEntry.class);

  private EntryReader() {}

  public static JournalEntry entry(String line) {
    return READER.readValue(line);
  }
}
