package org.actsandbox.protocol.http;

import tools.jackson.databind.JsonNode;

/**
 * Says what came of a call to another participant. Only {@link Done} and {@link Refused} say what
 * the other side did (A402-9).
 */
public sealed interface ParticipantAnswer {

  /**
   * The other side did it.
   *
   * @param body an empty object if the answer has no body
   */
  record Done(int status, JsonNode body) implements ParticipantAnswer {}

  /**
   * The other side refused, and would refuse the same request again.
   *
   * @param code the code of the refusal; empty if the answer names none
   */
  record Refused(int status, String code) implements ParticipantAnswer {}

  /**
   * It is not known what the other side did: it did not answer, or with a temporary failure.
   *
   * @param status 0 if there was no answer
   * @param why in few words, without an address
   * @param detail the same with what the network said
   */
  record Unknown(int status, String why, String detail) implements ParticipantAnswer {}
}
