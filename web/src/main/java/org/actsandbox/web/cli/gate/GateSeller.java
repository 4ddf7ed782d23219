package org.actsandbox.web.cli.gate;

import java.io.IOException;
import java.net.URI;
import org.actsandbox.kit.A402Gate;
import org.actsandbox.kit.GateAnswer;
import org.actsandbox.kit.GateRequest;

/**
 * Answers for what a gate sells, in one of the two profiles: {@link ActSeller}, {@link
 * AlipaySeller}.
 */
interface GateSeller extends AutoCloseable {

  /** Opens the seller when the address is known at which buyers find it. */
  @FunctionalInterface
  interface Opening {

    /**
     * @throws IOException if the folder with its deliveries cannot be used
     */
    GateSeller open(URI url) throws IOException;
  }

  /** Answers a request for what is sold. */
  GateAnswer answer(GateRequest request);

  /** Answers what services of the world send to {@link A402Gate#SERVICE_PATHS}. */
  GateAnswer serviceMessage(GateRequest request);

  @Override
  void close() throws IOException;
}
