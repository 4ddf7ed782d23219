package org.actsandbox.sandbox.control;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.actsandbox.merchants.Merchant;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The OpenAPI document at {@code /api/openapi.json}. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  private static final String KEY = "role key";

  @Bean
  OpenAPI document(ObjectProvider<ParticipantFactory<?>> factories) {
    var hidden = SpringDocUtils.getConfig();
    hidden.addRequestWrapperToIgnore(World.class, Caller.class, Merchant.class);
    factories.stream().forEach(each -> hidden.addRequestWrapperToIgnore(each.type()));
    return new OpenAPI()
        .info(
            new Info()
                .title("ACT Sandbox")
                .version("0.1.0")
                .description(
                    "A sandbox for ACT 2.1: no real merchant, no real money. /api steers worlds;"
                        + " /w/{world} is what the participants of a world speak.")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
        .components(
            new Components()
                .addSecuritySchemes(
                    KEY,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("act_{role}_{world}_...: works in its world and role only.")))
        .addSecurityItem(new SecurityRequirement().addList(KEY));
  }

  /** The document's own JSON library must spell fields as the protocol's mapper does. */
  @Bean
  ModelResolver snakeCase() {
    return new ModelResolver(
        Json.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
  }
}
