// channels.ts — a channel is an icon, never a colour.
import {
  FileText,
  Mail,
  MessageCircle,
  MessageSquareText,
  Phone,
  Plug,
  UserRound,
} from '@gestand/kit';
import type { Channel } from '@gestand/sdk';
import type { Component } from 'svelte';

const ICONS: Record<string, Component> = {
  email: Mail,
  chat: MessageCircle,
  phone: Phone,
  sms_kannel: MessageSquareText,
  sms_twilio: MessageSquareText,
  api: Plug,
  form: FileText,
};

export function channelIcon(type: string | undefined): Component {
  return (type && ICONS[type]) || Plug;
}

/** What is sent there only counts as sent. The demo's own page has a chat that works. */
export function reachesNobody(channel: Channel | null | undefined): boolean {
  return channel?.is_demo === true && channel.type !== 'chat';
}

const IDENTITY_ICONS: Record<string, Component> = { email: Mail, phone: Phone, external: Plug };

export function identityIcon(kind: string): Component {
  return IDENTITY_ICONS[kind] ?? UserRound;
}
