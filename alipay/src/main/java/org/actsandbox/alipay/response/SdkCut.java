package org.actsandbox.alipay.response;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Contains the ways in which the SDKs cut the signed part out of an answer, so that an answer can
 * be verified as each of them does (AIP-94, AIP-110, AIP-111, AIP-271).
 */
public enum SdkCut {
  /** Counts braces outside texts, and refuses a second root name behind the cut. */
  JAVA {
    @Override
    Optional<String> cut(String answer, String rootName) {
      int start = valueStart(answer, rootName);
      int end = start < 0 ? -1 : matchingEnd(answer, start);
      return end < 0 || answer.indexOf(rootName, end) >= 0
          ? Optional.empty()
          : Optional.of(answer.substring(start, end));
    }
  },
  DOTNET {
    @Override
    Optional<String> cut(String answer, String rootName) {
      return answer.indexOf(rootName) == answer.lastIndexOf(rootName)
          ? JAVA.cut(answer, rootName)
          : Optional.empty();
    }
  },
  /** Takes what stands between the root name and the last {@code "sign"}, up to its last brace. */
  NODE {
    @Override
    Optional<String> cut(String answer, String rootName) {
      int start = valueStart(answer, rootName);
      int sign = answer.lastIndexOf(SIGN);
      int end = sign < 0 ? -1 : answer.lastIndexOf('}', sign);
      return between(answer, start, end + 1);
    }
  },
  /** Looks for the last place where brace, comma, {@code "sign"} and colon follow each other. */
  PYTHON {
    @Override
    Optional<String> cut(String answer, String rootName) {
      int start = valueStart(answer, rootName);
      int end = -1;
      var matcher = BRACE_AND_SIGN.matcher(answer);
      while (matcher.find()) {
        end = matcher.start() + 1;
      }
      return between(answer, start, end);
    }
  },
  /** Ends one character before the last {@code "sign"}: no blank may stand there. */
  PHP {
    @Override
    Optional<String> cut(String answer, String rootName) {
      return between(answer, valueStart(answer, rootName), answer.lastIndexOf(SIGN) - 1);
    }
  },
  /** Ends one character before the certificate's number, which only certificate mode sends. */
  PHP_CERTIFICATE {
    @Override
    Optional<String> cut(String answer, String rootName) {
      int end = answer.lastIndexOf("\"alipay_cert_sn\"") - 1;
      return between(answer, valueStart(answer, rootName), end);
    }
  };

  private static final String SIGN = "\"sign\"";
  private static final Pattern BRACE_AND_SIGN = Pattern.compile("}\\s*,\\s*\"sign\"\\s*:");

  /** Returns the part of the answer that this SDK verifies; empty if it finds none. */
  public Optional<String> signedPart(String answer, String rootName) {
    var part = cut(answer, rootName);
    return part.isPresent() || rootName.equals(SignedResponse.ERROR_ROOT) || this == NODE
        ? part
        : cut(answer, SignedResponse.ERROR_ROOT);
  }

  abstract Optional<String> cut(String answer, String rootName);

  private static int valueStart(String answer, String rootName) {
    int name = answer.indexOf('"' + rootName + '"');
    int colon = name < 0 ? -1 : answer.indexOf(':', name);
    return colon < 0 ? -1 : colon + 1;
  }

  private static Optional<String> between(String answer, int start, int end) {
    return start < 0 || end <= start ? Optional.empty() : Optional.of(answer.substring(start, end));
  }

  /** Returns the end of the object that starts at or behind {@code start}, or -1. */
  private static int matchingEnd(String answer, int start) {
    int depth = 0;
    boolean quoted = false;
    for (int i = start; i < answer.length(); i++) {
      char c = answer.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '{') {
        depth++;
      } else if (!quoted && c == '}' && --depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }
}
