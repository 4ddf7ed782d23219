package org.actsandbox.sandbox.control.openapi;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Contact;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.actsandbox.alipay.request.GatewayRequest;
import org.actsandbox.merchants.endpoint.Merchant;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.PaymentProof;
import org.actsandbox.protocol.a402.PaymentValidation;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.actsandbox.protocol.delegation.ConversationHistory;
import org.actsandbox.protocol.http.CallerAddress;
import org.actsandbox.protocol.http.FollowUpTasks;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures the scan from which the OpenAPI document at {@code /api/openapi.json} is made; only a
 * server that is started with {@link #SCANS} has it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("springdoc.api-docs.enabled")
class OpenApiConfiguration {

  static final String SCANS = "--springdoc.api-docs.enabled=true";

  private static final String PROBLEM = "problem";
  private static final String ERROR = "error";

  @Bean
  OpenAPI document(ObjectProvider<ParticipantFactory<?>> factories) {
    var hidden = SpringDocUtils.getConfig();
    hidden.addRequestWrapperToIgnore(
        World.class,
        Caller.class,
        CallerAddress.class,
        Merchant.class,
        FollowUpTasks.class,
        GatewayRequest.class);
    factories.stream().forEach(each -> hidden.addRequestWrapperToIgnore(each.type()));
    var error = OpenApiMessages.resolved(ErrorBody.Envelope.class);
    var components = new Components();
    error.referencedSchemas.forEach(components::addSchemas);
    for (var message :
        List.of(
            PaymentNeeded.class,
            PaymentProof.class,
            PaymentValidation.class,
            ConversationHistory.Turn.class,
            ConversationEvent.class,
            JournalEntry.class)) {
      OpenApiMessages.resolved(message).referencedSchemas.forEach(components::addSchemas);
    }
    for (var role :
        List.of(Role.PRINCIPAL, Role.AGENT, Role.ASSISTANT, Role.MERCHANT, Role.OPERATOR)) {
      components.addSecuritySchemes(
          OpenApiAccess.scheme(role),
          bearer("A key of role " + role.code() + ", which works in its world only."));
    }
    components.addSecuritySchemes(
        OpenApiAccess.ADMIN_KEY,
        bearer("The start token, or the admin key that is printed at start."));
    return new OpenAPI()
        // The address is relative: the paths belong to the server that answered the document.
        .addServersItem(new Server().url("/"))
        .info(
            new Info()
                .title("ACT Sandbox")
                .version("0.1.0")
                .description(
                    "A sandbox for ACT 2.1: no real merchant, no real money. /api steers worlds;"
                        + " /w/{world} is what the participants of a world speak.")
                .contact(new Contact().name("ACT Sandbox contributors"))
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
        .components(
            components
                .addResponses(
                    PROBLEM, refused("Refused (RFC 9457)", "application/problem+json", problem()))
                .addResponses(
                    ERROR, refused("Refused (A402-10)", "application/json", error.schema)));
  }

  private static SecurityScheme bearer(String description) {
    return new SecurityScheme()
        .type(SecurityScheme.Type.HTTP)
        .scheme("bearer")
        .description(description);
  }

  @Bean
  ModelResolver snakeCase() {
    return new OpenApiSchemaResolver();
  }

  /** Adds the form of refusals at each surface, and removes request bodies of GET. */
  @Bean
  GlobalOpenApiCustomizer refusals() {
    return document ->
        document
            .getPaths()
            .forEach(
                (path, item) -> {
                  if (item.getGet() != null) {
                    item.getGet().setRequestBody(null);
                  }
                  var refusal = path.startsWith("/w/") ? ERROR : PROBLEM;
                  item.readOperations()
                      .forEach(
                          each ->
                              each.getResponses()
                                  .addApiResponse(
                                      "default",
                                      new ApiResponse().$ref("#/components/responses/" + refusal)));
                });
  }

  private static ApiResponse refused(String description, String type, Schema<?> schema) {
    return new ApiResponse()
        .description(description)
        .content(new Content().addMediaType(type, new MediaType().schema(schema)));
  }

  private static Schema<?> problem() {
    var schema = new ObjectSchema();
    for (var field :
        List.of(
            "type",
            "title",
            "detail",
            "instance",
            "code",
            "field",
            "expected",
            "observed",
            "remedy",
            "rule",
            "rule_url")) {
      schema.addProperty(field, new StringSchema());
    }
    schema.addProperty("status", new IntegerSchema());
    schema.setRequired(List.of("type", "title", "status", "detail", "instance", "code"));
    return schema;
  }
}
