package org.actsandbox.sandbox.external.api;

import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Represents the request body that adds a merchant from outside, or changes one. What is absent
 * comes from the merchant's agent card and DID document, or stays as it is.
 *
 * @param url {@code http://127.0.0.1:9300}, with a path if need be; required for a new merchant
 * @param id 1 to 40 of a-z, 0-9 and hyphen; the name in the DID, and cannot be changed
 * @param name what people call it
 * @param kind train | hotel | shop | service
 * @param level gate | order | shop
 * @param resource path of the paid resource at the level of a gate
 * @param jwk the merchant's public key; without one the key in its DID document is taken, or one is
 *     made
 * @param settingsPath path at which the merchant takes its settings: they are posted there as a
 *     JSON object with the names of {@code env}, so that a running shop can serve a new world
 * @param newKey whether a merchant that takes part gets a new key made by the sandbox
 */
public record ExternalMerchantRequest(
    @Nullable String url,
    @Nullable String id,
    @Nullable String name,
    @Nullable String kind,
    @Nullable String level,
    @Nullable String resource,
    @Nullable JsonNode jwk,
    @Nullable String settingsPath,
    @Nullable Boolean newKey)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    mistakes.checkPresent(url, MerchantRequestFields::url);
    mistakes.checkPresent(id, MerchantRequestFields::id);
    mistakes.checkPresent(name, MerchantRequestFields::text);
    mistakes.checkPresent(kind, MerchantRequestFields::kind);
    mistakes.checkPresent(level, MerchantRequestFields::level);
    mistakes.checkPresent(resource, MerchantRequestFields::resource);
    mistakes.checkPresent(settingsPath, each -> MerchantRequestFields.path("settings_path", each));
  }
}
