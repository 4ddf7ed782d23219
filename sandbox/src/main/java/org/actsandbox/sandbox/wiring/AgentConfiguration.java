package org.actsandbox.sandbox.wiring;

import org.actsandbox.agent.AgentTimeouts;
import org.actsandbox.agent.ModelAndInterpreter;
import org.actsandbox.agent.builtin.BuiltInStreamingModel;
import org.actsandbox.agent.language.understand.RuleBasedInterpreter;
import org.actsandbox.agent.model.ModelFactory;
import org.actsandbox.agent.model.ModelSettings;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.alipay.gateway.AlipaySettingsStore;
import org.actsandbox.sandbox.connected.ConnectedAgentNetwork;
import org.actsandbox.sandbox.database.StartupFailure;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Configures the buyer agent of every world, on the configured model or the built-in one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ModelSettings.class)
class AgentConfiguration {

  @Bean
  AgentModelSelector agentModelSelector(ModelSettings settings) {
    var builtIn = new BuiltInStreamingModel();
    var ruleBasedInterpreter = new RuleBasedInterpreter();
    try {
      return new AgentModelSelector(
          new ModelAndInterpreter(
              ModelFactory.of(settings, () -> builtIn), ruleBasedInterpreter::interpret),
          new ModelAndInterpreter(builtIn, ruleBasedInterpreter::interpret));
    } catch (IllegalArgumentException invalidSettings) {
      throw new StartupFailure(String.valueOf(invalidSettings.getMessage()), invalidSettings);
    }
  }

  @Bean
  BuyerAgentFactory buyerAgentFactory(
      JdbcClient jdbc,
      OutboundClient outboundClient,
      AgentModelSelector agentModelSelector,
      ConnectedAgentNetwork connectedAgentNetwork,
      ModelSettings model,
      SandboxSettings sandboxSettings,
      AlipaySettingsStore alipaySettings) {
    var timeouts =
        AgentTimeouts.DEFAULT
            .withModelTimeout(model.timeout())
            .withPlatformTimeout(sandboxSettings.agent().platformTimeout());
    return new BuyerAgentFactory(
        jdbc, outboundClient, agentModelSelector, connectedAgentNetwork, timeouts, alipaySettings);
  }
}
