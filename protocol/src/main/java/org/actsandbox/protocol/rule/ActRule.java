package org.actsandbox.protocol.rule;

import static org.actsandbox.protocol.rule.ActComponent.*;
import static org.actsandbox.protocol.rule.RuleStatement.may;
import static org.actsandbox.protocol.rule.RuleStatement.must;
import static org.actsandbox.protocol.rule.RuleStatement.should;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lists the rules of ACT 2.1 with the numbers by which code, tests and scenarios cite them: {@code
 * CID-8} is a rule, {@code CID-8.b} is its second statement. The sentences are our own, and only
 * the specification's documents are normative. A new statement must be the last of its rule,
 * because its letter comes from its position.
 */
@SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, which the checker cannot see
public enum ActRule implements RuleSource {
  ADD_1(
      ADD_INT_ICS,
      "3.3.1, 3.4.3",
      "What is missing, ambiguous or contradictory in an intent is asked for, never guessed.",
      "意图中缺失、含糊或矛盾之处要问清，绝不猜测。",
      must(
          "The agent asks the user when a key constraint is missing, ambiguous or contradictory.",
          "关键约束缺失、有歧义或相互矛盾时，智能体向用户提问。"),
      must("Each answer of the user updates the draft.", "用户的每次回答都更新草稿。"),
      must(
          "The draft keeps the user’s words, or their digest with a reference to the words.",
          "草稿保留用户原话，或原话的摘要及其所在位置的引用。"),
      must("The content behind that reference gives exactly that digest.", "引用指向的内容算出的摘要必须一致。")),
  ADD_2(
      ADD_INT_ICS,
      "3.4.4, 4.4.1",
      "The user sees in plain words what is about to be authorized, and confirms it once.",
      "用户以易懂的文字看到将要授权的内容，并只确认一次。",
      should(
          "The agent shows a readable summary and gets the user’s confirmation of it.",
          "智能体展示易读的摘要，并取得用户确认。"),
      must("What is confirmed states the goal and the bounds.", "被确认的内容写明目标与边界。"),
      should(
          "The confirmation itself triggers the issue: nothing is confirmed twice.",
          "确认本身即触发签发，同一事项不重复确认。")),
  ADD_3(
      ADD_IAC_ISS,
      "4.4.2",
      "The credential is built from selected fields of the ISR.",
      "凭证由 ISR 的选定字段重组而成。",
      must(
          "The ISR is never signed as a whole: only the fields of the authority are.",
          "不整体签署 ISR，只签署构成授权的字段。")),
  ADD_4(
      ADD_IAC_ISS,
      "4.4.3, 4.5",
      "What is signed has exactly one form on both sides.",
      "签署内容在双方只有一种形式。",
      must(
          "Issuer and verifier bring the payload into the same deterministic form.",
          "签发方与验证方按同一确定性规则处理载荷。"),
      should("JSON takes the form of RFC 8785 before it is signed.", "JSON 在签署前按 RFC 8785 规范化。"),
      must("Field names keep their original spelling.", "字段名保持原始拼写。")),
  ADD_5(
      ADD_IAC_ISS,
      "4.2",
      "A key service holds the signing key.",
      "签名密钥由密钥服务保管。",
      must("Business code never holds or sees a signing key.", "业务代码从不持有或看到签名密钥。")),
  ADD_6(
      ADD_IAC_ISS,
      "4.4.1",
      "Nothing incomplete becomes an authority.",
      "不完整的意图不能成为授权。",
      must("An ISR that lacks an essential of the authority is not issued.", "缺少授权要素的 ISR 不予签发。")),
  ADD_7(
      ADD_IAC_LCM,
      "5.2, 5.3, 5.4",
      "A credential is Active, Suspended, Revoked or Expired, and moves by one table.",
      "凭证只有有效、暂停、吊销、过期四种状态，按一张表流转。",
      must("Only the six listed moves between the four states exist.", "四种状态之间只有列出的六种迁移。"),
      must("Revoked and Expired are final.", "吊销与过期是终态。"),
      must("A credential expires by itself at its end time.", "到期时凭证自动过期。"),
      must(
          "The principal suspends, resumes and revokes; the agent may revoke and no more.",
          "委托人可暂停、恢复、吊销；智能体只可吊销。"),
      must("A suspended, revoked or expired credential pays nothing.", "暂停、吊销或过期的凭证不能支付。")),
  ADD_8(
      ADD_IAC_LCM,
      "5.5",
      "Who relies on a credential looks at its state first.",
      "依赖凭证的一方先核对其状态。",
      must(
          "Time window, state Active and every known suspension or revocation are checked.",
          "核对有效期、有效状态，以及所有已知的暂停与吊销。"),
      must(
          "The state is fetched through the status reference before the decision.",
          "作出判断前通过状态引用取得当前状态。"),
      may(
          "While the status service is silent, the last answer and the end time may decide.",
          "状态服务不可达时，可依据最近一次结果和到期时间判断。")),

  CID_1(
      CID_MER_CAT,
      "3.3",
      "A catalog entry carries what a buyer must know.",
      "目录条目包含买方必须知道的信息。",
      must(
          "An entry has an id unique at its merchant, a name, a category, a price and a currency.",
          "条目含商户内唯一的标识、名称、类目、标价与币种。"),
      should(
          "It tells stock, price validity, delivery time, merchant and where details are.",
          "宜说明库存、价格有效期、交付时间、商户与详情地址。"),
      should("An incomplete entry does not go to cart confirmation.", "不完整的条目不进入购物车确认。")),
  CID_2(
      CID_INT_XFR,
      "4.3, 4.4, 4.5",
      "An intent tells a merchant what the task needs, and no more.",
      "意图只告诉商户任务所需的内容。",
      must(
          "The request is built around the task in a form that the merchant can parse.",
          "请求围绕任务组织，商户能够解析。"),
      should(
          "It carries a request id, link ids, constraints, response form and source"
              + " authentication.",
          "含请求标识、关联标识、约束、响应格式与来源认证。"),
      must("Each update has a new id and names the request it follows.", "每次更新有新标识，并指明前序请求。"),
      should("An update carries only what changed.", "更新只携带变化的内容。"),
      must(
          "Implicit needs and preferences never contradict constraints or the authority.",
          "隐含需求与偏好不与约束或授权相冲突。"),
      must(
          "Consent and data protection are kept: others learn what they need.",
          "遵守知情同意与数据保护，他人只知所需。")),
  CID_3(
      CID_INT_XFR,
      "4.4, 4.5",
      "An intent is answered with candidates, or with an error that a program understands.",
      "意图得到候选结果，或程序可识别的错误。",
      must("The answer names the request it belongs to.", "响应与原请求对应。"),
      must("Without a valid candidate the answer is a recognizable error.", "没有有效候选时返回可识别的错误。"),
      should(
          "Malformed, no match, access restricted, constraint conflict and rate limited are told"
              + " apart.",
          "区分格式错误、无匹配、访问受限、约束冲突、请求过频。")),
  CID_4(
      CID_PCA_NEG,
      "5.3, 5.4",
      "Seller and buyer agree on a payment method before they pay.",
      "付款前买卖双方先就支付方式达成一致。",
      must(
          "The agent card’s capabilities say how methods are agreed on, and where.",
          "Agent Card 的 capabilities 节点说明协商模式与地址。"),
      must(
          "The declaration names mode, methods, providers, endpoints and schemas.",
          "声明包含模式、支付方式、支付服务方、端点与载荷模式。"),
      must(
          "A result names method, provider, endpoint and method schema.",
          "协商结果含支付方式、服务方、端点与载荷模式地址。"),
      must("No common method is an empty list, not an error.", "没有共同支付方式时返回空列表，而非错误。"),
      must("Only a method that the intent or credential allows is chosen.", "只选择意图或凭证允许的支付方式。")),
  CID_5(
      CID_PCA_NEG,
      "5.3.3, 5.5",
      "Without an agreed and verified method there is no payment.",
      "没有达成且经核实的支付方式，就没有支付。",
      must("An empty result does not lead to payment.", "协商结果为空时不进入支付。"),
      must("The declaration comes from the address that the seller declared.", "声明必须来自卖方声明的地址。"),
      must(
          "An unverified source or inconsistent key fields end the use of a declaration.",
          "来源无法确认或关键字段不一致的声明不再使用。")),
  CID_6(
      CID_CART_CFM,
      "6.3",
      "The agent checks a purchase before it confirms the cart.",
      "智能体在确认购物车前先行检验。",
      must(
          "The check is made before the cart, with the bounds of the delegation if there is one.",
          "确认前执行检验；有委托时一并核对授权边界。"),
      should(
          "It covers single and cumulative amount, category, merchant, delivery and price"
              + " tolerance.",
          "覆盖单笔与累计金额、类目、商户、履约时效与价格容差。")),
  CID_7(
      CID_CART_CFM,
      "6.4",
      "A purchase that fails the check follows the policy that the user gave.",
      "检验未通过时按用户预设的策略处理。",
      must("It does not go on to payment.", "不进入支付。"),
      must(
          "The policy is followed: pause and wait for the user, or cancel and record why.",
          "执行预设策略：暂停并等待用户，或取消并记录原因。"),
      should("Without a policy the agent pauses and notifies.", "未设策略时默认暂停并通知。")),
  CID_8(
      CID_CART_CFM,
      "6.5",
      "A confirmed cart is locked: price, stock and order number hold until the payment.",
      "确认的购物车被锁定：价格、库存与订单号保持到支付。",
      should(
          "The request carries items, final price, currency, fulfilment needs and context.",
          "请求含商品明细、最终价格、币种、履约要求与上下文。"),
      must("The merchant locks price and stock or capacity.", "商户锁定价格与库存或服务能力。"),
      must("The order number stays valid through the payment.", "订单号在支付阶段持续有效。"),
      must("A lock that fails is a clear error, never a success.", "锁定失败必须明确报错，绝不视为成功。")),
  CID_9(
      CID_CART_CFM,
      "6.6",
      "The confirmation has a result that both sides can point at.",
      "确认形成双方可引用的结果。",
      must("A confirmation ends in a result.", "确认完成后形成交易确认结果。"),
      should(
          "It names items, amount, currency, counterparty, order number, time and link ids.",
          "含商品、金额、币种、交易对手、订单号、时间与关联标识。")),

  PSD_1(
      PSD_PMT_BND,
      "3.1, 3.3, 3.4, 3.5",
      "The agent gets a reference to pay with, never the account.",
      "智能体只得到支付工具引用，从不接触账户。",
      must("The agent neither holds nor sees the real account.", "智能体不持有、不接触真实账户。"),
      must("Identity and will of the principal are verified before the binding.", "绑定前核验委托人身份与意愿。"),
      must("The principal sees agent and scope while confirming.", "核验过程中向委托人展示智能体与授权范围。"),
      must("The reference is tied to account, agent and limits.", "引用与账户、智能体及限制条件绑定。"),
      must("An expired, frozen, cancelled or foreign reference is refused.", "过期、冻结、注销或他人的引用一律拒绝。"),
      must(
          "A failed binding says why, distinguishably, and leaves no usable reference.",
          "绑定失败要说明可区分的原因，且不产生可用引用。")),
  PSD_2(
      PSD_AGT_SUB,
      "4.3, 4.4, 4.5",
      "An agent may have money of its own, behind a key of its own.",
      "智能体可有专属资金与专属密钥。",
      must(
          "Opening verifies the principal and binds account, agent and key.",
          "开立时核验委托人，并绑定子账户、智能体与密钥。"),
      must(
          "A payment carries an authorization made with that key, and it is verified.",
          "支付携带该密钥生成的授权，并经验证。"),
      must("A frozen or cancelled account has a dead key.", "冻结或注销后密钥同步失效。"),
      must(
          "Not opened, frozen, cancelled, out of money and wrong key are told apart.",
          "未开立、冻结、注销、余额不足、密钥无效可区分。"),
      must("The main account never pays instead.", "绝不改用主账户扣款。"),
      must(
          "Risk, the principal’s wish and a failed agent identity can freeze or cancel it.",
          "风险、委托人申请或智能体身份失效均可冻结或注销。"),
      must(
          "Account, agent, account state and key state can be seen together.",
          "账户、智能体、账户状态与密钥状态可一并查看。")),
  PSD_3(
      PSD_PAY_INS,
      "6.2, 6.3, 6.4",
      "The principal sees and confirms each instant payment before any money moves.",
      "即时支付在动用资金前由委托人逐笔查看并确认。",
      should(
          "The request carries id, order, instrument, amount, currency, time, agent and"
              + " signature.",
          "请求含标识、订单号、支付工具、金额、币种、时间、智能体与签名。"),
      must(
          "Replay, time window, signature, reference and its agent are checked first.",
          "先核验防重放、时效、签名、引用及其智能体绑定。"),
      must("A request that fails a check never reaches the cashier.", "未通过核验的请求不进入收银台。"),
      must(
          "The cashier shows amount, currency, payee and method exactly as requested.",
          "收银台如实展示金额、币种、收款方与支付方式。"),
      must("The principal is verified before any debit or freeze.", "扣划或冻结前必须核验委托人。"),
      must("Method and time of the confirmation are recorded as evidence.", "记录确认方式与时间，作为授权证据。"),
      must(
          "The agent keeps amount, currency and order as they were confirmed.",
          "智能体不改动已确认的金额、币种与订单。")),
  PSD_4(
      PSD_PAY_INS,
      "6.5",
      "An instant payment is refused with one of seven recognizable errors.",
      "即时支付的拒绝有七种可识别的错误。",
      should(
          "Duplicate, expired, signature, instrument, mismatch, user and execution errors are"
              + " told apart.",
          "区分重复、过期、签名、工具无效、工具不匹配、用户确认、执行失败。")),
  PSD_5(
      PSD_PAY_DEL,
      "7.2, 7.3, 7.4",
      "A delegated payment is checked by the agent and again by the payment service.",
      "委托支付由智能体自检，支付服务方再核验。",
      must(
          "The agent checks state, window, amounts, merchant and method, and asks only if all"
              + " hold.",
          "智能体自检状态、有效期、金额、商户与方式，全部满足才请求。"),
      should(
          "The request carries the credential, and a signature over its six key fields.",
          "请求携带完整凭证，签名覆盖六个关键字段。"),
      must(
          "The payment service checks replay, signature, credential, amounts and method.",
          "支付服务方核验防重放、签名、凭证、金额与支付方式。"),
      must(
          "The cumulative amount is counted on the payment service’s own history.",
          "累计额度以支付服务方自己的成功记录为准。"),
      must("No payment leaves the bounds of the credential.", "任何支付都不超出凭证边界。"),
      must(
          "SPECIFIED is bound to the fixed target, not to its category alone.",
          "SPECIFIED 锁定明确的标的，而不只是类目。"),
      must(
          "For a platform agent the binding to this very principal is checked.",
          "平台型智能体须核对与该委托人的绑定。"),
      must("It makes its checks in the order of the standard.", "各项核验按标准规定的顺序进行。")),
  PSD_6(
      PSD_PAY_DEL,
      "7.3, 7.5",
      "A refused delegated payment says which bound it broke.",
      "被拒的委托支付说明触犯了哪条边界。",
      must("Each failed check is refused with its own meaning.", "每项未通过的核验都以相应语义拒绝。"),
      should(
          "Expired, revoked, suspended, agent, single, cumulative, balance and merchant are told"
              + " apart.",
          "区分过期、吊销、暂停、智能体、单笔、累计、余额、商户。")),
  PSD_7(
      PSD_PAY_AUP,
      "8.2, 8.3, 8.4",
      "Autonomous payment needs a BOUNDED credential, again and again inside its bounds.",
      "自主支付须凭 BOUNDED 凭证，且每次都在边界之内。",
      must("Only a BOUNDED credential pays autonomously.", "只有 BOUNDED 凭证可自主支付。"),
      must(
          "The agent also checks category, counterparty and the state of its instrument.",
          "智能体还要自检类别、交易对手与支付工具状态。"),
      must(
          "The payment service also checks category, account state and balance.",
          "支付服务方还要核验类别、账户状态与余额。"),
      must(
          "The agent’s own sum counts only payments that the payment service confirmed.",
          "智能体的累计只计支付服务方确认的支付。")),
  PSD_8(
      PSD_PAY_INS,
      "6.3",
      "Everyone concerned hears the result of a payment.",
      "支付结果告知各相关方。",
      must("The agent gets the result of its payment.", "结果返回给智能体。"),
      should("The merchant is told, sooner or later.", "通知商户，最终必达。"),
      should("The completed transaction is attested afterwards.", "交易完成后异步存证。")),

  A402_1(
      PSD_PAY_A402,
      "5.3",
      "A paid resource without a valid proof is answered 402 with a bill.",
      "付费资源无有效凭证时返回 402 与账单。",
      must(
          "Without a proof the answer is 402 with Payment-Needed.", "无凭证时返回 402 与 Payment-Needed。"),
      must(
          "With a refused proof it is 402 with Payment-Needed just the same.",
          "凭证未通过时同样返回 402 与 Payment-Needed。"),
      must("Programs read the header; the body is for people.", "程序读取头部，正文仅供人阅读。")),
  A402_2(
      PSD_PAY_A402,
      "5.4, 5.6",
      "Three headers carry bill, proof and verdict.",
      "三个头部承载账单、凭证与验证结果。",
      must("They are Base64URL of UTF-8 JSON.", "采用 Base64URL 编码的 UTF-8 JSON。"),
      must("They have two layers, protocol and method.", "分为 protocol 与 method 两层。"),
      must("Fields of the method never change the meaning of base fields.", "方法字段不改变基础字段的语义。")),
  A402_3(
      PSD_PAY_A402,
      "5.6.1",
      "The base fields mean the same in every method.",
      "基础字段在所有支付方法中含义一致。",
      must("The headers use the standard’s base fields for what these mean.", "按标准含义使用基础字段。"),
      should("The amount is text, and the currency a standard code.", "金额为字符串，币种为标准代码。")),
  A402_4(
      PSD_PAY_A402,
      "code/schemas/a402",
      "What is sent validates against the published schemas.",
      "发出的载荷符合已发布的模式。",
      should(
          "Bills, proofs and verdicts are valid by the published schemas.", "账单、凭证与验证结果符合已发布模式。")),
  A402_5(
      PSD_PAY_A402,
      "code/schemas/a402",
      "A fingerprint ties bill and proof to one request.",
      "指纹把账单与凭证绑定到一个请求。",
      should(
          "It is a digest of method, target, content type and body, and of nothing else.",
          "由方法、目标、内容类型与正文摘要而成，不含其他。"),
      should("The proof echoes fingerprint, order and resource.", "凭证回带指纹、订单与资源。")),
  A402_6(
      PSD_PAY_A402,
      "5.3",
      "The seller validates a proof before it delivers, and delivers once.",
      "卖方先验证凭证再交付，且只交付一次。",
      must("It calls the payment service or a trusted verification service.", "向支付服务方或受信验证服务核验。"),
      must("It checks signature, validity and revocation.", "核验签名、有效期与吊销状态。"),
      must(
          "One proof leads to one fulfilment; a repeat never delivers again.", "一份凭证只履约一次，重复不再交付。"),
      must("Trade, resource and request agree with the proof.", "交易号、资源与请求须与凭证一致。"),
      must("A refused proof is told by a recognizable error.", "被拒的凭证返回可识别的错误。")),
  A402_7(
      PSD_PAY_A402,
      "5.3",
      "The seller confirms the fulfilment to the payment service.",
      "卖方向支付服务方确认履约。",
      must("After the delivery the seller confirms it.", "交付后卖方确认履约。")),
  A402_8(
      PSD_PAY_A402,
      "5.7",
      "A trade has six states and moves by one table.",
      "交易有六种状态，按一张表流转。",
      must("States that others see are the six, and only listed moves exist.", "对外只有六种状态，只按列表流转。"),
      must("Final states never move.", "终态不再变化。"),
      must("WAIT_BUYER_RECEIPT waits for the buyer’s receipt.", "WAIT_BUYER_RECEIPT 等待买方回执。")),
  A402_9(
      PSD_PAY_A402,
      "code/schemas/a402",
      "Payment, delivery and fulfilment are separate facts.",
      "支付、交付与履约是各自独立的事实。",
      should("Each of the three is told by itself.", "三者分别表述。"),
      should("A timeout proves nothing: the state is queried first.", "超时不说明任何结果，应先查询状态。")),
  A402_10(
      PSD_PAY_A402,
      "5.8",
      "An error says its kind, whether to try again, and what to do next.",
      "错误说明类别、能否重试以及下一步。",
      should("Eleven kinds of error are told apart.", "区分十一类错误。"),
      should("Each names phase, retryability and valid next actions.", "注明阶段、可重试性与后续动作。")),
  A402_11(
      PSD_PAY_A402,
      "code/schemas/a402",
      "A bill is never rewritten.",
      "账单不改写。",
      should(
          "A changed order, resource or amount gets a new requirement.", "订单、资源或金额变化时另开新的支付诉求。")),

  TSD_1(
      TSD_ATT_EVT,
      "3.3, 3.4",
      "Ten events of a purchase are attested under registered names.",
      "一次购买的十种事件以注册名称存证。",
      must(
          "The ten events have the names act:<domain>:<event>.", "十种事件采用 act:<domain>:<event> 名称。"),
      should(
          "They are reported after the business event and never in its way.", "业务完成后异步上报，不妨碍业务。")),
  TSD_2(
      TSD_ATT_OFF,
      "4.3, 4.4",
      "An off-chain record says what happened, who took part and what it belongs to.",
      "链下记录说明发生了什么、谁参与、属于哪条链路。",
      must(
          "It has an id, a registered event type, both times and a structure version.",
          "含标识、事件类型、两个时间与结构版本。"),
      must("One intent_id goes through all records of a flow.", "同一流程的全部记录携带同一 intent_id。"),
      must("Each record of a delegated flow has the delegation_id.", "委托流程的每条记录携带 delegation_id。"),
      must("Order and trade number are there once they exist.", "订单号与交易号产生后必须携带。"),
      must("No salt is used for two records.", "同一盐值不用于两条记录。"),
      must("Participants are named with their roles, by resolvable ids.", "以可解析的标识列明参与方及角色。"),
      must("No names, documents, contacts or accounts stand in it.", "不含姓名、证件、联系方式与账号。"),
      must("At least the reporter signs it, and says what is covered.", "至少由发起方签名，并说明覆盖范围。"),
      should("It refers to the records that caused it.", "宜引用上游记录。")),
  TSD_3(
      TSD_ATT_OFF,
      "4.4.3, 4.4.6, 4.5",
      "Hash and signatures cover the whole substance of a record.",
      "哈希与签名覆盖记录的全部实质内容。",
      must(
          "The payload hash is taken of event body and participants in RFC 8785 form, then the"
              + " salt.",
          "负载哈希由规范化的事件载荷与参与方加盐值计算。"),
      must(
          "Signatures cover event body, participants, salt, record id and business time.",
          "签名覆盖事件载荷、参与方、盐值、记录标识与业务时间。")),
  TSD_4(
      TSD_ATT_OCA,
      "5.3, 5.4, 5.5, 5.6",
      "An anchor fixes a record on the chain without telling what is in it.",
      "锚点把记录固定在链上，而不透露内容。",
      must("The anchor’s fields agree with its record.", "锚点字段与其记录一致。"),
      should("It is a compact JWS with algorithm and key reference.", "采用含算法与密钥引用的 JWS 紧凑格式。"),
      must("The same record id again is answered with its place.", "重复提交同一记录返回已有位置。"),
      must("An anchor is never overwritten.", "锚点不可覆盖。"),
      should("Nothing stands on the chain in clear.", "链上不存明文。")),
  TSD_5(
      TSD_ATT_SVF,
      "6.3, 6.4, 6.5, 6.6",
      "A record is verified in fixed steps to one of seven results.",
      "记录按固定步骤核验，得出七种结论之一。",
      must("The steps are taken in order, and the first failure decides.", "按顺序核验，首个失败即为结论。"),
      must("The hash is recomputed and compared.", "重新计算并比对哈希。"),
      must("Each signature is checked, with its coverage.", "逐一验签，并核对覆盖范围。"),
      must("The anchor exists and agrees with the record.", "锚点存在且与记录一致。"),
      must("An outage is never taken for a mismatch.", "服务中断不得当作不一致。"),
      must("Old keys verify what they signed in their time.", "旧密钥可核验其有效期内的签名。"),
      must("The result is one of the seven listed.", "结论为所列七种之一。"),
      should("The chain is asked for 30 s and three times more.", "链上查询超时 30 秒，最多重试三次。")),
  TSD_6(
      TSD_ATT_DSP,
      "7.3, 7.4",
      "A dispute is decided on records that verify.",
      "争议依据可核验的记录裁决。",
      should("It goes from claim to evidence, verification and finding.", "依次经过申请、举证、核验与处置。"),
      must("A claim has a type, identifying ids and a description.", "申请含类型、关联标识与描述。"),
      must("The parties give their records in time.", "各方在时限内提交记录。"),
      must("Each record is verified before it counts.", "记录先经核验才作数。"),
      may("Missing or unverified evidence counts against its holder.", "缺失或未通过核验的证据可作不利推定。")),

  CRD_1(
      List.of(TSD_CRD_ASC, TSD_CRD_MAP),
      "2: TSD-CRD-ASC, TSD-CRD-MAP",
      "A credential ties an agent to the credit of its subject, traceably.",
      "凭证把智能体与关联主体的信用可追溯地关联起来。",
      must(
          "The association credential has the required fields and is confirmed and signed.",
          "信用关联凭证含必备字段，经确认并签名。"),
      must(
          "Statement, mapped value and mapping rule stay together, marked ASSOCIATED_CREDIT.",
          "信用声明、映射值与映射规则一并保存，标记 ASSOCIATED_CREDIT。"),
      must("The agent or its holder gets the credential to keep.", "凭证交智能体或其受托主体留存。")),
  CRD_2(
      TSD_CRD_LCM,
      "2: TSD-CRD-LCM",
      "An association has five states, and a changed one is a new credential.",
      "信用关联有五种状态，实质变化须签发新凭证。",
      must("Only the listed moves between the five states exist.", "五种状态之间只按列表流转。"),
      must(
          "A core change makes a new credential that refers to the old one, now revoked.",
          "核心变化签发新凭证并引用旧凭证，旧凭证吊销。")),
  CRD_3(
      TSD_CRD_VER,
      "2: TSD-CRD-VER",
      "Associated credit is verified on two levels, disclosing as little as possible.",
      "关联信用分两级验证，最小披露。",
      must(
          "The credential level needs no authorization and tells no credit.",
          "凭证级验证无需授权，也不透露信用内容。"),
      must(
          "The credit level needs a valid authorization and discloses the minimum.",
          "信用级验证须有效授权，只作最小披露。"),
      must("A result is given with one of the listed reason codes.", "结果附所列原因码之一。")),
  CRD_4(
      TSD_CRD_AUTH,
      "2: TSD-CRD-AUTH",
      "Credit is asked for under an authorization that can be taken back.",
      "查询信用须凭可撤销的授权。",
      must("An authorization is bound, checked each time and revocable.", "授权有绑定、每次核验、可撤销。"),
      must("A delegated platform keeps to a frequency limit.", "平台代理查询遵守频率限制。")),
  CRD_5(
      TSD_CRD_ASC,
      "2: TSD-CRD-ASC",
      "An association is applied for, checked and confirmed before a credential is issued.",
      "信用关联先申请、核验并确认，再签发凭证。",
      must(
          "An application names subject, agent, role, purpose, scope and an element against"
              + " replay.",
          "申请写明主体、智能体、角色、目的、范围和防重放要素。"),
      must(
          "Identity and relationship are verified for the claimed role before the confirmation.",
          "确认之前，按所称角色核验身份与关联关系。"),
      must(
          "A confirmation holds for this subject, agent, role, purpose, scope and application"
              + " alone.",
          "确认只对这一主体、智能体、角色、目的、范围和申请有效。"),
      must(
          "The confirmation statement names what is confirmed and promises no outcome of a"
              + " purchase.",
          "确认声明写明所确认的内容，不承诺交易结果。"),
      must(
          "The relationship is verified again in intervals and after a change; a failure suspends"
              + " or revokes.",
          "关联关系按周期或因变化重新核验，未通过即暂停或撤销。")),
  CRD_6(
      TSD_CRD_ASC,
      "2: TSD-CRD-ASC",
      "Each signature of a credential covers named members.",
      "凭证的每个签名覆盖规定的字段。",
      must(
          "The inner signature covers application, parties, role, evidence, mapping, purpose,"
              + " scope, validity, issuer and replay element.",
          "内层签名覆盖申请、各方、角色、证明、映射、目的、范围、有效期、签发方和防重放要素。"),
      must(
          "The outer signature covers all core members, and the inner signature with its key.",
          "外层签名覆盖全部核心字段，以及内层签名及其公钥。"),
      must(
          "State, status address, predecessor and the outer signature itself are not covered.",
          "状态、状态查询信息、前序凭证引用和外层签名本身不在覆盖范围内。"),
      must("An attested credential has the outer signature alone.", "经服务方确认的凭证只有外层签名。")),
  CRD_7(
      TSD_CRD_MAP,
      "2: TSD-CRD-MAP",
      "A named rule makes the agent’s value of the subject’s statement.",
      "由具名规则把主体的声明映射为智能体的值。",
      must(
          "A rule has an id of its own and a version, which changes with the rule.",
          "规则有唯一标识和版本，规则变则版本变。"),
      must("Values of different rules or versions are not compared.", "不同规则或版本的值不作比较。"),
      must(
          "The issuer compares statement, value and rule with the credit service’s before it"
              + " signs.",
          "签发方签名前，把声明引用、值和规则与信用服务方的核对。"),
      must(
          "The agent gets a limit of its own and never the subject’s own credit.",
          "智能体只得到自己的上限，从不继承主体的信用。"),
      should("A statement has id, version, service, times and a proof.", "声明有标识、版本、服务方、时间和证明。")),
  CRD_8(
      TSD_CRD_LCM,
      "2: TSD-CRD-LCM",
      "A credential is suspended, assessed again, replaced or revoked.",
      "凭证可暂停、重新评估、替换或撤销。",
      must("A suspended credential gives no new PASS.", "暂停的凭证不产生新的 PASS。"),
      must(
          "A change of statement, rule or evidence starts an assessment, which suspends first.",
          "声明、规则或证明变化即重新评估，先行暂停。"),
      must(
          "An unchanged result resumes the credential, and a changed one replaces it.",
          "结果未变则恢复，变了则换新凭证。"),
      must(
          "The subject can suspend and revoke at any time, and a final state stays.",
          "主体可随时暂停和撤销，终态不变。"),
      must(
          "A record keeps the state and result of its time, and the later state can be asked for.",
          "验证记录保留当时的状态与结果，之后的状态可以查询。")),
  CRD_9(
      TSD_CRD_VER,
      "2: TSD-CRD-VER",
      "A verification takes its steps in order and ends at the first that fails.",
      "验证按步骤进行，关键步骤失败即止。",
      must(
          "Version, members, id, time, replay element and the proof of the relying party come"
              + " first.",
          "先验版本、字段、标识、时间、防重放要素和请求证明。"),
      must(
          "Signatures, agreement with the request, state and mapping of the credential come next.",
          "再验凭证的签名、与请求的一致性、状态和映射。"),
      must(
          "Without sufficient evidence the result is INCONCLUSIVE and never PASS.",
          "证据不足即 INCONCLUSIVE，决不通过。"),
      must(
          "During an assessment, or with too weak a confirmation, the result is REVIEW_REQUIRED.",
          "重新评估期间或确认强度不足时为 REVIEW_REQUIRED。"),
      must(
          "The credit service confirms the statement and knows the rule, each time.",
          "每次都由信用服务方确认声明有效、规则可识别。"),
      must("The answer is signed and kept as a record.", "响应有证明并留存记录。")),
  CRD_10(
      TSD_CRD_VER,
      "2: TSD-CRD-VER",
      "An answer tells the minimum, for one purpose and for a while.",
      "响应只作最小披露，限定目的与期限。",
      must(
          "No answer has the content of a statement or the subject’s identity.",
          "响应不含声明内容，也不含主体身份。"),
      must("What was not asked for or not authorized is left out.", "未请求或未授权的内容一律裁剪。"),
      must(
          "An answer names its scope, is limited to its purpose and expires.",
          "响应写明范围、限定目的并有过期时间。"),
      must(
          "A relying party decides by its own rules; a result widens no authority and pays"
              + " nothing.",
          "依赖方按自身规则独立决策；结果不扩大授权，也不代替付款确认。"),
      must(
          "Result, reference and content of a query go to no third party and serve no other"
              + " purpose.",
          "查询结果、引用与内容不得转给第三方，也不得挪作他用。")),
  CRD_11(
      TSD_CRD_AUTH,
      "2: TSD-CRD-AUTH",
      "A per-request authorization is for one request.",
      "逐次授权只供一次请求。",
      must(
          "It is bound to relying party, agent, level, purpose, items, request and validity.",
          "绑定依赖方、智能体、等级、目的、数据项、请求和有效时间。"),
      must("It serves no second request.", "不供第二次请求使用。"),
      must(
          "The subject is told of each request and confirms it in the same interaction.",
          "每次请求都通知主体，在同次交互中确认。")),
  CRD_12(
      TSD_CRD_AUTH,
      "2: TSD-CRD-AUTH",
      "A delegated platform asks within limits.",
      "平台代理查询有其边界。",
      must(
          "It names platform, relying parties, agents, purpose, items, frequency, validity and"
              + " use.",
          "写明平台、依赖方、智能体、目的、数据项、频率、有效期和使用限制。"),
      must("Platform, state and scope are compared with each request.", "每次请求都核对平台身份、状态与范围。"),
      must("After the revocation no request is valid.", "撤销之后不再有有效请求。"),
      must(
          "Requests are counted by max_requests_per_window and window_duration.",
          "按 max_requests_per_window 与 window_duration 计数。"),
      must("Each request has the context of its business.", "每次请求都携带业务上下文。"));

  private final List<ActComponent> components;
  private final String section;
  private final String english;
  private final String chinese;
  private final List<RuleStatement> statements;

  ActRule(
      ActComponent component,
      String section,
      String english,
      String chinese,
      RuleStatement... statements) {
    this(List.of(component), section, english, chinese, statements);
  }

  ActRule(
      List<ActComponent> components,
      String section,
      String english,
      String chinese,
      RuleStatement... statements) {
    this.components = components;
    this.section = section;
    this.english = english;
    this.chinese = chinese;
    this.statements = List.of(statements);
  }

  @Override
  public String number() {
    return name().replace('_', '-');
  }

  /** Returns the address of this rule on the server's page of rules. */
  @Override
  public String url() {
    return "/rules#" + anchor();
  }

  /** Returns the anchor on that page and in docs/rules.md, such as {@code cid-8}. */
  public String anchor() {
    return number().toLowerCase(Locale.ROOT);
  }

  /** Returns the components of the rule: usually one, and the main one first. */
  public List<ActComponent> components() {
    return components;
  }

  /** Returns the chapters of the document, or the folder of the published artifacts. */
  public String section() {
    return section;
  }

  /** Returns the name of the specification's document, such as {@code payment-services.md}. */
  public String document() {
    return switch (name().substring(0, 3)) {
      case "ADD" -> "authorization-delegation.md";
      case "CID" -> "commerce-interaction.md";
      case "PSD", "A40" -> "payment-services.md";
      default -> "trust-services.md";
    };
  }

  /**
   * Returns the meaning of the rule in one sentence.
   *
   * @param lang {@code zh}; anything else is English
   */
  public String meaning(String lang) {
    return lang.equals("zh") ? chinese : english;
  }

  /** Returns the level of the strongest statement. */
  public RuleLevel level() {
    return statements.stream()
        .map(RuleStatement::level)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  public List<RuleStatement> statements() {
    return statements;
  }

  /**
   * Returns the citation of a statement, such as {@code CID-8.b}, or the rule's number if the rule
   * has only one statement.
   */
  public String citation(RuleStatement statement) {
    return statements.size() == 1
        ? number()
        : number() + '.' + (char) ('a' + statements.indexOf(statement));
  }

  /**
   * @param number the number of a rule such as {@code CID-8}, without the letter of a statement
   */
  public static Optional<ActRule> find(String number) {
    return Arrays.stream(values()).filter(each -> each.number().equals(number)).findFirst();
  }

  /**
   * Returns the rule that a citation names.
   *
   * @param citation {@code CID-8} or {@code CID-8.b}
   * @return empty for an unknown number or a letter that the rule does not have
   */
  public static Optional<ActRule> cited(String citation) {
    int dot = citation.indexOf('.');
    if (dot < 0) {
      return find(citation);
    }
    return find(citation.substring(0, dot))
        .filter(rule -> rule.statements.stream().map(rule::citation).anyMatch(citation::equals));
  }
}
