package org.actsandbox.sandbox.psp;

import java.net.URI;
import org.actsandbox.protocol.identity.Did;

/**
 * Represents a merchant that the payment service pays out to.
 *
 * @param name the name that the cashier shows
 * @param category the registered category of goods, by the codes that delegations use
 * @param notifications the address that signed notifications are sent to
 */
public record Payee(Did did, String name, String category, URI notifications) {}
