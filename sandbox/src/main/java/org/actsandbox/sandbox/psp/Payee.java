package org.actsandbox.sandbox.psp;

import java.net.URI;
import org.actsandbox.protocol.identity.Did;

/**
 * A merchant the payment service pays out to.
 *
 * @param name what the cashier shows
 * @param category what it registered to sell, as delegations name it
 * @param notifications where signed notifications go
 */
public record Payee(Did did, String name, String category, URI notifications) {}
