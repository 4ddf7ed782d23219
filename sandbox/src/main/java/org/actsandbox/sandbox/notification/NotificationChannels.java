package org.actsandbox.sandbox.notification;

import java.net.URI;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.http.OutboundClient;

/**
 * Bundles what a service needs to notify others beside its own address list.
 *
 * @param network calls webhook endpoints and callbacks, by the rule for servers outside
 * @param allowed whether an address may be called by that rule
 * @param masking hides secrets in what receivers answer
 */
public record NotificationChannels(
    WebhookEndpoints endpoints,
    WebhookSecrets secrets,
    OutboundClient network,
    Predicate<URI> allowed,
    UnaryOperator<String> masking) {}
