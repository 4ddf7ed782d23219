package org.actsandbox.sandbox.edge.exchange;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.json.JsonMismatch;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.database.WorldNotOwnedException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;

/** Maps the framework's exceptions to refusals; an exception that it does not know is a bug. */
public final class RefusalMapper {

  private static final int MAX_CAUSES = 10;

  private RefusalMapper() {}

  /** Returns the refusal for a failure or one of its causes; empty if the failure is a bug. */
  public static Optional<Refusal> of(Throwable thrown) {
    var cause = thrown;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
      var refusal = direct(cause);
      if (refusal.isPresent()) {
        return refusal;
      }
      cause = cause.getCause();
    }
    return thrown instanceof ResponseStatusException status ? byStatus(status) : Optional.empty();
  }

  private static Optional<Refusal> direct(Throwable thrown) {
    return Optional.ofNullable(
        switch (thrown) {
          case Refusal refusal -> refusal;
          case JacksonException notJson -> json(notJson);
          case DataBufferLimitException tooLarge ->
              new Refusal(Problem.BODY_TOO_LARGE, "the body is too large");
          case NoAnswerException none ->
              new Refusal(
                  none.isTimeout() ? Problem.UPSTREAM_TIMEOUT : Problem.UPSTREAM_FAILED,
                  String.valueOf(none.getMessage()));
          case TimeoutException late ->
              new Refusal(Problem.UNAVAILABLE, "this took too long and was given up")
                  .remedy("Query what became of it before trying again.");
          // The threads that answer refuse work only after they were told to end.
          case RejectedExecutionException late ->
              new Refusal(Problem.UNAVAILABLE, "the sandbox is stopping")
                  .remedy("Ask again when it has started.");
          case WorldNotOwnedException moved ->
              new Refusal(Problem.UNAVAILABLE, "the world has moved to another node")
                  .remedy("Send the same request again.");
          case TransientDataAccessException busy -> unavailable();
          case DataAccessResourceFailureException down -> unavailable();
          case CannotCreateTransactionException down -> unavailable();
          case TransactionSystemException ended -> transaction(ended);
          case MethodNotAllowedException method ->
              new Refusal(Problem.METHOD_NOT_ALLOWED, "the method is not allowed here")
                  .expected(
                      method.getSupportedMethods().stream()
                          .map(Object::toString)
                          .sorted()
                          .collect(Collectors.joining(", ")))
                  .observed(method.getHttpMethod());
          case UnsupportedMediaTypeStatusException type ->
              new Refusal(Problem.MEDIA_TYPE_UNSUPPORTED, "the content type is not supported")
                  .at("Content-Type")
                  .expected("application/json")
                  .observed(String.valueOf(type.getContentType()));
          case NotAcceptableStatusException accept ->
              new Refusal(Problem.NOT_ACCEPTABLE, "no representation is acceptable")
                  .at("Accept")
                  .expected("application/json");
          // Only the Accept header is parsed by framework code without a check of its own.
          case InvalidMediaTypeException nothing ->
              new Refusal(Problem.NOT_ACCEPTABLE, "the header names no media type")
                  .at("Accept")
                  .expected("application/json");
          default -> null;
        });
  }

  /**
   * Returns the refusal for a transaction that could not be ended. With a lost connection the
   * rollback fails, too, and its exception takes the place of the first one, which decides.
   */
  private static @Nullable Refusal transaction(TransactionSystemException failed) {
    var first = failed.getApplicationException();
    return first == null ? unavailable() : of(first).orElse(null);
  }

  private static Refusal unavailable() {
    return new Refusal(Problem.UNAVAILABLE, "the database does not answer")
        .remedy("Query what became of it, then try again.");
  }

  private static Refusal json(JacksonException failed) {
    if (failed instanceof StreamReadException) {
      var place = failed.getLocation();
      return new Refusal(Problem.MALFORMED_JSON, "the body is not valid JSON")
          .expected("one JSON value, no duplicate keys, " + Json.LIMITS)
          .observed(
              place == null
                  ? "something else"
                  : "line %d, column %d".formatted(place.getLineNr(), place.getColumnNr()));
    }
    if (failed instanceof DatabindException bind) {
      return new Refusal(Problem.INVALID_FIELD, "a field has the wrong type or form")
          .at(JsonMismatch.of(bind));
    }
    return new Refusal(Problem.MALFORMED_JSON, "the body is not valid JSON");
  }

  private static Refusal input(ServerWebInputException failed) {
    if (failed instanceof MissingRequestValueException missing) {
      return new Refusal(Problem.INVALID_FIELD, "a part of the request is missing")
          .at(missing.getName());
    }
    var parameter = failed.getMethodParameter();
    var refusal =
        new Refusal(Problem.INVALID_FIELD, "a part of the request is not valid")
            .at(parameter == null ? "request" : QueryParameterCheck.nameOf(parameter));
    if (failed.getCause() instanceof TypeMismatchException mismatch) {
      var form = JsonMismatch.expectedForm(mismatch.getRequiredType());
      refusal.observed(String.valueOf(mismatch.getValue()));
      return form == null ? refusal : refusal.expected(form);
    }
    return refusal.observed(String.valueOf(failed.getReason()));
  }

  private static Optional<Refusal> byStatus(ResponseStatusException thrown) {
    var status = HttpStatus.resolve(thrown.getStatusCode().value());
    if (status == HttpStatus.NOT_FOUND) {
      return Optional.of(new Refusal(Problem.NOT_FOUND, "nothing is at this address"));
    }
    if (thrown instanceof ServerWebInputException input) {
      return Optional.of(input(input));
    }
    return thrown.getStatusCode().is4xxClientError()
        ? Optional.of(new Refusal(Problem.INVALID_FIELD, "the request is not valid"))
        : Optional.empty();
  }
}
