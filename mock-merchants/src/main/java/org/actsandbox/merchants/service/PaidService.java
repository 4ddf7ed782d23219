package org.actsandbox.merchants.service;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.commerce.Text;
import tools.jackson.databind.JsonNode;

/**
 * Represents a service that a seller agent performs for one paid request. It has no state: the same
 * input has the same result.
 */
interface PaidService {

  /**
   * Returns the id of the item and the offer, which is also the last part of the address, such as
   * {@code quotes}.
   */
  String id();

  Text name();

  Text about();

  /** Returns the unit that the price is for. */
  Text unit();

  /**
   * Returns the attributes by which an agent compares sellers; {@code input} shows the form of a
   * request.
   */
  Map<String, String> attributes();

  /**
   * Checks the input of a request before anything is paid.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field}
   */
  void check(JsonNode input);

  /**
   * Performs the service and returns its result.
   *
   * @param input an input that passed {@link #check}
   * @param asOf when the request was received
   */
  JsonNode perform(JsonNode input, Instant asOf);
}
