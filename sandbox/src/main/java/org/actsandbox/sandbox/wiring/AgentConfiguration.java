package org.actsandbox.sandbox.wiring;

import org.actsandbox.agent.AgentTiming;
import org.actsandbox.agent.Mind;
import org.actsandbox.agent.builtin.BuiltInStreamingModel;
import org.actsandbox.agent.language.understand.Interpreter;
import org.actsandbox.agent.model.ModelSettings;
import org.actsandbox.agent.model.Models;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.sandbox.Settings;
import org.actsandbox.sandbox.database.StartupFailure;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The buyer agent of every world, on the configured model or the built-in one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ModelSettings.class)
class AgentConfiguration {

  @Bean
  Minds minds(ModelSettings settings) {
    var builtIn = new BuiltInStreamingModel();
    var interpreter = new Interpreter();
    try {
      return new Minds(
          new Mind(Models.of(settings, () -> builtIn), interpreter::understand),
          new Mind(builtIn, interpreter::understand));
    } catch (IllegalArgumentException wrong) {
      throw new StartupFailure(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  @Bean
  BuyerAgentInWorld buyerAgentInWorld(
      JdbcClient jdbc, Outbound outbound, Minds minds, ModelSettings model, Settings settings) {
    var timing =
        AgentTiming.DEFAULT
            .withModel(model.timeout())
            .withPlatform(settings.agent().platformTimeout());
    return new BuyerAgentInWorld(jdbc, outbound, minds, timing);
  }
}
