package org.actsandbox.sandbox.notification;

import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.jspecify.annotations.Nullable;

/** Selects deliveries; null selects all. */
public record DeliveryFilter(
    @Nullable Did owner,
    @Nullable String endpointId,
    DeliveryEntry.@Nullable Status status,
    @Nullable NotificationEvent event) {}
