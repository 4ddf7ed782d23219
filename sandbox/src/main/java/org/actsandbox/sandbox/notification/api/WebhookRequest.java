package org.actsandbox.sandbox.notification.api;

import java.util.List;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.notification.WebhookAddress;
import org.jspecify.annotations.Nullable;

/**
 * Represents the request body that adds a webhook endpoint, or changes one. What is absent stays as
 * it is.
 *
 * @param owner DID of the merchant or agent; for the operator, who adds endpoints for others
 * @param url {@code http://127.0.0.1:9400/hooks}; required for a new endpoint
 * @param events codes of the events that are sent there; an empty list means all
 * @param signature key (the default) | secret; cannot be changed
 * @param disabled whether nothing is sent there
 * @param held whether deliveries wait until they are released
 */
record WebhookRequest(
    @Nullable String owner,
    @Nullable String url,
    @Nullable List<String> events,
    @Nullable String signature,
    @Nullable Boolean disabled,
    @Nullable Boolean held)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    mistakes.did("owner", owner);
    mistakes.checkPresent(url, each -> WebhookAddress.read("url", each, _ -> true));
    mistakes.oneOf("signature", signature, Webhooks.SIGNATURES);
    if (events != null) {
      for (int i = 0; i < events.size(); i++) {
        mistakes.oneOf("events[%d]".formatted(i), events.get(i), Webhooks.OFFERED_EVENTS);
      }
    }
  }
}
