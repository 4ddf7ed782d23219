package org.actsandbox.merchants.service;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.commerce.Text;
import tools.jackson.databind.JsonNode;

/**
 * Something a seller agent does for one request. Without state: the same input, the same result.
 */
interface PaidService {

  /** Item, offer and last part of the address, such as {@code quotes}. */
  String id();

  Text name();

  Text about();

  /** What the price is for. */
  Text unit();

  /** What an agent compares sellers by; {@code input} shows the form of a request. */
  Map<String, String> attributes();

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field}, before anything is paid
   */
  void check(JsonNode input);

  /**
   * @param input that passed {@link #check}
   * @param asOf when the request was taken
   */
  JsonNode perform(JsonNode input, Instant asOf);
}
