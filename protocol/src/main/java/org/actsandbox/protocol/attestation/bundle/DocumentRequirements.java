package org.actsandbox.protocol.attestation.bundle;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares a document of a purchase with the records: its digest, its times and its fields. */
final class DocumentRequirements {

  private DocumentRequirements() {}

  static void requireAttested(String name, OffChainRecord record, String field, String digest)
      throws InvalidBundleException {
    if (!text(record, field).equals(digest)) {
      throw new InvalidBundleException(
          "paper_not_attested",
          "the %s of record %s is not that of %s".formatted(field, record.recordId(), name));
    }
  }

  static Instant requireTime(String name, JsonNode document, String field, Instant expected)
      throws InvalidBundleException {
    try {
      // The same moment may be written with or without a fraction of zeros.
      var at = Instant.parse(document.path(field).asString(""));
      if (!at.equals(expected)) {
        requireEqual(name, field, expected.toString(), document.path(field));
      }
      return at;
    } catch (DateTimeException unreadable) {
      throw new InvalidBundleException("paper_contradicts", name + " has no time in " + field);
    }
  }

  static String text(OffChainRecord record, String field) {
    return record.eventBody().path(field).asString("");
  }

  static void requireEqual(String name, String field, String expected, JsonNode observed)
      throws InvalidBundleException {
    requireEqual(name, field, expected, observed.asString(""));
  }

  static void requireEqual(
      String name, String field, @Nullable String expected, @Nullable String observed)
      throws InvalidBundleException {
    if (!Objects.equals(expected, observed)) {
      throw new InvalidBundleException(
          "paper_contradicts",
          "%s: %s is %s, and by the records it is %s".formatted(name, field, observed, expected));
    }
  }
}
