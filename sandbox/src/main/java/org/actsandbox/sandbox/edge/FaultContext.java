package org.actsandbox.sandbox.edge;

import java.nio.ByteBuffer;
import org.actsandbox.sandbox.world.World;
import org.springframework.web.server.ServerWebExchange;

/** One request at the edge of a participant. */
@SuppressWarnings("ArrayRecordComponent") // carried along, never compared
record FaultContext(
    World world,
    ParticipantPath surface,
    byte[] body,
    RecordedResponse response,
    ServerWebExchange exchange) {

  String method() {
    return exchange.getRequest().getMethod().name();
  }

  /** The private key of somebody who is nobody in this world; the same every time. */
  byte[] strangersSeed() {
    return ByteBuffer.allocate(32).putLong(world.derivedSeed("stranger")).array();
  }
}
