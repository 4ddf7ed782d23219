package org.actsandbox.agent.model;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lists the ways in which a language model fails, so that the principal and the operator read what
 * happened and not only that something did. The agent has a phrase and a remedy for each: {@code
 * failed.model.<code>}.
 */
public enum ModelFailure {
  /** The provider refused the key: HTTP 401 or 403. */
  KEY_REFUSED,
  /** The provider takes no more requests for now, or the account has no credit: HTTP 429. */
  RATE_LIMITED,
  /** The provider does not have this model: HTTP 404. */
  UNKNOWN_MODEL,
  /** The provider refused the request for another reason: another 4xx. */
  REQUEST_REFUSED,
  /** The provider failed itself: HTTP 5xx. */
  PROVIDER_BROKEN,
  /** No connection to the provider's address. */
  UNREACHABLE,
  /** The answer is not one of the provider's interface, such as a page of HTML. */
  UNREADABLE,
  /** The answer ended in the middle. */
  CUT,
  /** The model called tools again and again and never answered. */
  LOOP,
  /** The model sent nothing for longer than the configured time. */
  SILENT,
  /** The model answered without a word. */
  EMPTY,
  /** The model failed in another way. */
  UNKNOWN;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Classifies what the client of the provider threw, by the first cause that is recognized. */
  public static ModelFailure of(Throwable error) {
    for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
      var known = known(cause);
      if (known != null) {
        return known;
      }
    }
    return UNKNOWN;
  }

  private static @Nullable ModelFailure known(Throwable cause) {
    return switch (cause) {
      case ModelAnswerException answer -> answer.failure();
      case AuthenticationException _ -> KEY_REFUSED;
      case RateLimitException _ -> RATE_LIMITED;
      case ModelNotFoundException _ -> UNKNOWN_MODEL;
      case InvalidRequestException _ -> REQUEST_REFUSED;
      case InternalServerException _ -> PROVIDER_BROKEN;
      case TimeoutException _ -> SILENT;
      case java.util.concurrent.TimeoutException _ -> SILENT;
      case java.net.http.HttpTimeoutException _ -> SILENT;
      case UnresolvedModelServerException _ -> UNREACHABLE;
      case UnresolvedAddressException _ -> UNREACHABLE;
      case ConnectException _ -> UNREACHABLE;
      case HttpException http -> ofStatus(http.statusCode());
      case com.fasterxml.jackson.core.JacksonException _ -> UNREADABLE;
      case IOException _ -> CUT;
      default -> null;
    };
  }

  private static ModelFailure ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> KEY_REFUSED;
      case 404 -> UNKNOWN_MODEL;
      case 429 -> RATE_LIMITED;
      default -> status >= 500 ? PROVIDER_BROKEN : status >= 400 ? REQUEST_REFUSED : UNREADABLE;
    };
  }
}
